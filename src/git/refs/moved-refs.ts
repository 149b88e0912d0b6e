import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { isNullOid, type Oid, parseOid, parseRefName, type RefName } from '../../domain/refs.ts';

/** A ref that is about to be moved; githooks(5), `reference-transaction`. */
export interface MovedRef {
  readonly ref: RefName;
  /** Null for a new ref. */
  readonly before: Oid | null;
  readonly after: Oid;
}

/** Branches of agents that one transaction may move: each is judged by a merge of its own. */
const MOST = 64;

/**
 * Reads what the hook collected: old oid, new oid and ref, one after the other.
 *
 * @throws Failure `git` for what git does not write, and for more than can be judged while it waits.
 */
export function parseMovedRefs(words: readonly string[]): MovedRef[] {
  if (words.length > 3 * MOST)
    throw new Failure(
      'git',
      `${words.length / 3} branches are moved at once, and at most ${MOST} are judged`,
      [hintTo('have them judged, move fewer at once')],
    );
  const moves: MovedRef[] = [];
  for (let at = 0; at < words.length; at += 3) {
    const [from = '', to = '', name = ''] = words.slice(at, at + 3);
    const [before, after, ref] = [parseOid(from), parseOid(to), parseRefName(name)];
    if (before === null || after === null || ref === null)
      throw new Failure('git', 'git says of a reference update what cannot be read');
    moves.push({ ref, before: isNullOid(before) ? null : before, after });
  }
  return moves;
}
