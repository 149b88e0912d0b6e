import { Failure } from '../../domain/failure.ts';
import { isNullOid, type Oid, parseOid, parseRefName, type RefName } from '../../domain/refs.ts';

/** One ref of a push. Source: githooks(5), pre-push. */
export interface PushedRef {
  /** What goes out; null when the remote ref is deleted. */
  readonly localOid: Oid | null;
  /** What was named to go out: a full ref, `HEAD`, or null for an expression and a deletion. */
  readonly local: RefName | 'HEAD' | null;
  readonly remoteRef: RefName;
  /** What the remote has there, as far as it said; null for a new ref. */
  readonly remoteOid: Oid | null;
}

/**
 * Parses what git writes to the pre-push hook: `<local ref> <local oid> <remote ref> <remote oid>`
 * lines; no line at all when everything is up to date. The local name may be `HEAD~1` or
 * `(delete)`, so only the remote one says which branch is meant.
 *
 * @throws Failure `git` for a line of another form.
 */
export function parsePushLines(input: string): PushedRef[] {
  return input.split('\n').flatMap((line) => {
    if (line === '') return [];
    const words = line.split(' ');
    const [localOid, remoteRef, remoteOid] = words.slice(-3);
    const ref = parseRefName(remoteRef ?? '');
    if (words.length < 4 || ref === null || !isOid(localOid) || !isOid(remoteOid))
      throw new Failure('git', 'the pre-push hook was given a line of unknown form');
    const name = words.slice(0, -3).join(' ');
    return [
      {
        localOid: present(localOid),
        local: name === 'HEAD' ? name : parseRefName(name),
        remoteRef: ref,
        remoteOid: present(remoteOid),
      },
    ];
  });
}

const isOid = (text: string | undefined): text is string => parseOid(text ?? '') !== null;

const present = (oid: string): Oid | null => (isNullOid(oid) ? null : parseOid(oid));
