import { decodePolicyText } from '../../core/policy/decode-policy-text.ts';
import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { parsePolicy } from '../session/parse-policy.ts';
import { POLICY_FILE } from '../session/policy.ts';

/**
 * The bootstrap case: there is no policy yet and this change brings the first. Nothing can judge
 * it, which is said by name; a policy that could not judge what comes next does not get in.
 *
 * @returns null when the change brings no policy.
 */
export async function firstPolicyFinding(
  reader: ObjectReader,
  changes: readonly Change[],
): Promise<Finding | null> {
  const change = changes.find(({ path, after }) => path === POLICY_FILE && after !== null);
  if (!change?.after) return null;
  const blob = await reader.read(change.after.oid);
  const parsed = blob && (await parsePolicy(decodePolicyText(blob.data, POLICY_FILE)));
  if (!parsed) throw new Failure('git', `${POLICY_FILE} cannot be read`);
  if (!parsed.ok) {
    const [first] = parsed.error;
    throw new Failure(
      'policy',
      `${POLICY_FILE}:${first?.line}:${first?.column}: ${first?.message}`,
      [hintTo('see every problem', 'bailiwick lint')],
    );
  }
  return {
    code: 'policy-changed',
    severity: 'notice',
    path: change.path,
    ops: [change.operation],
    agent: null,
    message: `bootstrap: this brings the first ${POLICY_FILE}; no policy judged it`,
  };
}
