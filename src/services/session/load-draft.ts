import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import type { Host } from '../../host/host.ts';
import { parsePolicy } from './parse-policy.ts';
import { openBase, type Policy } from './policy.ts';
import type { PolicyPlaces } from './policy-places.ts';
import { readPolicyFile } from './read-policy-file.ts';

/**
 * A policy that is not in force, to ask what it would say: read from a file somebody named, and
 * never used by a hook or by CI.
 *
 * @throws Failure `policy` when it is not there, or cannot be used
 */
export async function loadDraft(
  host: Host,
  reader: ObjectReader,
  typed: string,
  places: PolicyPlaces,
): Promise<Policy> {
  const { file, text } = await readPolicyFile(host, null, typed);
  const parsed = await parsePolicy(text);
  if (!parsed.ok) {
    const [first] = parsed.error.filter(({ severity }) => severity === 'error');
    throw new Failure('policy', `${file}:${first?.line}:${first?.column}: ${first?.message}`, [
      hintTo('see every problem', 'bailiwick lint <file>'),
    ]);
  }
  return {
    ownership: parsed.value,
    source: { ref: file, oid: null },
    base: await openBase(reader, parsed.value.base, places),
    notices: [`this is what ${file} would say; it is not in force`],
  };
}

/** True of a policy that was read from a file, and not from a branch. */
export const isDraft = ({ source }: Policy): boolean => source.oid === null;
