import { decodePolicyText } from '../../core/policy/decode-policy-text.ts';
import { type RefName, shortRef } from '../../domain/refs.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readTopFile } from '../../git/objects/read-top-file.ts';
import { defaultBranch } from '../../git/refs/default-branch.ts';
import { matchRefs } from '../../git/refs/match-refs.ts';
import { isDraft } from '../session/load-draft.ts';
import { parsePolicy } from '../session/parse-policy.ts';
import { type Policy, POLICY_FILE } from '../session/policy.ts';
import type { Session } from '../session/session.ts';
import { readTipTree } from '../../git/refs/read-tip.ts';

/**
 * The time between `init` and the landing of the first policy: the base branch is here and has none,
 * so no rule is in force that anybody could break. Whoever commits or pushes then is let through with
 * this notice, and the change that brings the policy is not held against its own rules.
 *
 * @returns null when a policy is in force, or when it cannot be told that none is: no branch is here
 * that the policy could be on, or one has it that nothing names as the base.
 */
export async function beforePolicy({ policy, reader, workspace }: Session): Promise<string | null> {
  if (policy !== null)
    return isLanded(policy) || isDraft(policy) || policy.base === null ? null : notYet(policy);
  const { refs } = await matchRefs(workspace.repo, ['refs/heads/', 'refs/remotes/']);
  if (refs.length === 0) return null;
  const drafts = await Promise.all(
    refs.map(async ({ ref }) => ({ ref, text: await draftOn(reader, ref) })),
  );
  const holders = new Set(
    drafts.flatMap(({ ref, text }) => (text === null ? [] : branchName(ref))),
  );
  const named = drafts.map(({ text }) => (text === null ? [] : baseNamed(text)));
  const bases = (await Promise.all(named)).flat();
  if (bases.some((base) => holders.has(base))) return null;
  const base = bases[0] ?? (await defaultBranch(workspace.repo)) ?? 'the base branch';
  return words(base);
}

const notYet = ({ base, ownership }: Policy): string =>
  words(base === null ? ownership.base : shortRef(base.ref));

const words = (base: string): string =>
  `${base} has no ${POLICY_FILE} yet, so nothing was judged: rules hold once it is there`;

/** Read from the base branch, here or as the remote has it. */
const isLanded = ({ ownership: { base }, source }: Policy): boolean =>
  source.ref === base || source.ref.endsWith(`/${base}`);

/** The text of the policy on a branch; null when it has none that can be read. */
async function draftOn(reader: ObjectReader, ref: RefName): Promise<string | null> {
  try {
    const at = await readTipTree(reader, ref);
    const file = at && (await readTopFile(reader, at.tree, POLICY_FILE));
    return file ? decodePolicyText(file.data, POLICY_FILE) : null;
  } catch {
    // A branch that is broken says nothing of the base; whoever works on it is told so there.
    return null;
  }
}

async function baseNamed(text: string): Promise<string[]> {
  const parsed = await parsePolicy(text);
  return parsed.ok ? [parsed.value.base] : [];
}

/** `main` for `refs/heads/main` and `refs/remotes/origin/main`. */
const branchName = (ref: RefName): string => ref.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, '');
