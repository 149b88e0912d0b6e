import type { LandedWork } from '../../core/metrics/landed-work.ts';
import type { Oid } from '../../domain/refs.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import type { Session } from '../session/session.ts';

/** Commits of one branch that are looked back at. */
const MOST_COMMITS = 500;

/**
 * Milliseconds from the first commit of a branch to its landing; null where its own line does not lead to the
 * base's.
 *
 * @param line the base's own line
 */
export async function leadTime(
  { reader }: Pick<Session, 'reader'>,
  { tip, at }: LandedWork,
  line: ReadonlySet<Oid>,
): Promise<number | null> {
  let next: Oid | undefined = tip ?? undefined;
  let first: number | null = null;
  for (let left = MOST_COMMITS; next !== undefined && left > 0; left -= 1) {
    if (line.has(next)) return first === null ? null : Math.max(0, at - first);
    const commit = await readCommitObject(reader, next);
    if (commit === null) return null;
    first = commit.time * 1000;
    [next] = commit.parents;
  }
  return null;
}
