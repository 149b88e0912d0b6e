import { Failure } from '../../domain/failure.ts';
import { isNullOid, type Oid, parseOid, parseRefName, type RefName } from '../../domain/refs.ts';

/** One ref that a push is about to change where it arrives. Source: githooks(5), pre-receive and update. */
export interface ReceivedRef {
  readonly ref: RefName;
  /** What it is now; null for a new ref. */
  readonly before: Oid | null;
  /** What it is to become; null when it is deleted. */
  readonly after: Oid | null;
}

/**
 * Parses what git writes to the pre-receive hook: `<old oid> <new oid> <ref>` lines.
 *
 * @throws Failure `git` for a line of another form.
 */
export const parseReceivedLines = (input: string): ReceivedRef[] =>
  input
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before, after, ...rest] = line.split(' ');
      return receivedRef(rest.join(' '), before, after);
    });

/**
 * The one ref of an update hook, from its three arguments.
 *
 * @throws Failure `git` for others than git gives.
 */
export function receivedRef(name = '', before = '', after = ''): ReceivedRef {
  const ref = parseRefName(name);
  if (ref === null || parseOid(before) === null || parseOid(after) === null)
    throw new Failure('git', 'the hook was not given a ref with its old and its new object');
  return { ref, before: present(before), after: present(after) };
}

const present = (oid: string): Oid | null => (isNullOid(oid) ? null : parseOid(oid));
