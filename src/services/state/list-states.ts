import { Failure } from '../../domain/failure.ts';
import type { SyncState } from '../../domain/lock.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readStates, readStateText, type StateText } from '../../git/objects/read-states.ts';
import { listRefs } from '../../git/refs/refs.ts';
import { Remote } from '../../git/remote/remote.ts';
import { decidingSide, readBothSides, standingOf } from './both-sides.ts';
import { REMOTE } from './push-refs.ts';

/** One state that counts, and how the two sides stand. */
export interface ListedState {
  /** A failure where it cannot be said which side counts. */
  readonly text: Failure | StateText;
  /** Null when there is no remote, or it was not asked. */
  readonly standing: SyncState | null;
}

export interface StateList {
  readonly states: ReadonlyMap<RefName, ListedState>;
  /** Why the remote was not asked; null when it was, or there is none. */
  readonly silent: string | null;
}

/** One side that counts; a failure where that cannot be said. */
interface CountingSide {
  readonly oid: Oid | Failure | null;
  readonly standing: SyncState | null;
}

/**
 * Every state under a prefix that ends in `/`, here and on the remote. Moves no ref.
 *
 * @param reader one that is open already; else one is started
 */
export async function listStates(
  repo: Repo,
  prefix: string,
  offline: boolean,
  reader?: ObjectReader,
): Promise<StateList> {
  const { sides, silent } = await readSides(repo, prefix, offline);
  const commits = [...sides.values()].flatMap(({ oid }) => (typeof oid === 'string' ? oid : []));
  const texts =
    reader === undefined
      ? await readStates(repo, commits)
      : new Map(
          await Promise.all(
            commits.map(async (oid) => [oid, await readStateText(reader, oid)] as const),
          ),
        );
  const states = new Map<RefName, ListedState>();
  for (const [ref, { oid, standing }] of sides)
    if (oid instanceof Failure) states.set(ref, { text: oid, standing });
    else if (oid !== null) states.set(ref, { text: texts.get(oid)!, standing });
  return { states, silent };
}

async function readSides(
  repo: Repo,
  prefix: string,
  offline: boolean,
): Promise<{ sides: ReadonlyMap<RefName, CountingSide>; silent: string | null }> {
  const remote = await Remote.open(repo, REMOTE);
  const both = remote && !offline ? await readBothSides(repo, remote, prefix) : null;
  if (both?.ok) {
    const sides = new Map<RefName, CountingSide>();
    for (const side of both.value) {
      const stands = await standingOf(repo, side);
      sides.set(
        side.ref,
        stands.ok
          ? { oid: decidingSide(stands.value, side), standing: stands.value }
          : { oid: stands.error, standing: null },
      );
    }
    return { sides, silent: null };
  }
  const local = await listRefs(repo, prefix);
  const silent = both !== null ? both.error : remote !== null ? 'as asked by --offline' : null;
  const sides = new Map([...local].map(([ref, oid]) => [ref, { oid, standing: null }]));
  return { sides, silent };
}
