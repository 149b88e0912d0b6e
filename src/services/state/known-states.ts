import { Failure } from '../../domain/failure.ts';
import type { Repo } from '../../domain/repo.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import type { Location } from '../../git/worktree/locate.ts';
import type { Host } from '../../host/host.ts';
import { readStateText } from '../../git/objects/read-states.ts';
import { matchRefs } from '../../git/refs/match-refs.ts';
import { parseState, type StatePlace } from './state-place.ts';

/** The repository in which states are looked for; a session is one. */
export interface StatesHere {
  readonly host: Pick<Host, 'files'>;
  readonly reader: ObjectReader;
  readonly workspace: { readonly repo: Repo; readonly location: Location };
}

/** The states of one kind that this clone knows of, and those that cannot be read. */
export interface KnownStates<State> {
  readonly states: readonly State[];
  readonly unreadable: readonly Failure[];
}

/**
 * Every state below a prefix as this clone has it: no process where there is none, else one, besides the
 * one that reads objects.
 *
 * @param prefix ends with a slash
 * @param placeOf where the state of that name is kept; null: nothing is called so
 */
export async function readKnownStates<State>(
  here: StatesHere,
  prefix: string,
  placeOf: (name: string) => StatePlace<State> | null,
): Promise<KnownStates<State>> {
  if (!mayHaveStates(here, prefix)) return { states: [], unreadable: [] };
  const { refs } = await matchRefs(here.workspace.repo, [prefix]);
  const readings = await Promise.all(
    refs.map(async ({ ref, oid }) => {
      const place = placeOf(ref.slice(prefix.length));
      if (place === null) return new Failure('policy', `${ref} is not the name of a state`);
      const read = parseState(place, await readStateText(here.reader, oid));
      return read.ok ? { state: read.value } : read.error;
    }),
  );
  return {
    states: readings.flatMap((each) => (each instanceof Failure ? [] : [each.state])),
    unreadable: readings.flatMap((each) => (each instanceof Failure ? [each] : [])),
  };
}

/** False only where git keeps refs in files and there is none below the prefix: git need not be asked then. */
export function mayHaveStates(
  { host: { files }, workspace: { location } }: StatesHere,
  prefix: string,
): boolean {
  const common = location.commonDirectory;
  if (files.exists(`${common}/reftable`) || files.exists(`${common}/${prefix.slice(0, -1)}`))
    return true;
  return files.read(`${common}/packed-refs`)?.includes(prefix) === true;
}
