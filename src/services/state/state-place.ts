import { Failure } from '../../domain/failure.ts';
import type { Hint } from '../../domain/hint.ts';
import type { Oid, RefName } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readStateText, type StateText } from '../../git/objects/read-states.ts';
import { readTip } from '../../git/refs/read-tip.ts';

/**
 * Where one state is kept, and how its text reads. A new kind of state is a schema (`parse`,
 * `serialise`), a function that gives the place of one of them, and one pure transition; see
 * `changeState`.
 */
export interface StatePlace<State> {
  readonly ref: RefName;
  /** What it is called: `lease`. */
  readonly noun: string;
  /** Refuses, with the reason, what `serialise` could not have written, and the state of another ref. */
  readonly parse: (text: string) => Result<State, string>;
  readonly serialise: (state: State) => string;
  /** What leads on when it cannot be read, each `To <reach this>, run <command>`. */
  readonly hints: readonly Hint[];
}

/** The state that stands at a place, or the failure to say so. */
export type StateReading<State> = Result<State, Failure>;

/** Reads the text of a state; the one way from a ref's commit to a state. */
export function parseState<State>(place: StatePlace<State>, text: StateText): StateReading<State> {
  const parsed = text.ok ? place.parse(text.value) : text;
  return parsed.ok ? parsed : err(unreadable(place, parsed.error));
}

/**
 * The state as this repository knows it; null where there is none. What cannot be read is an answer
 * too, so that one spoilt ref does not hide the others.
 */
export async function readState<State>(
  reader: ObjectReader,
  place: StatePlace<State>,
): Promise<StateReading<State | null>> {
  const tip: Oid | null = await readTip(reader, place.ref);
  return tip === null ? ok(null) : parseState(place, await readStateText(reader, tip));
}

/** It is there, and nobody can say what it means: never the same as "there is none". */
export const unreadable = (
  { ref, noun, hints }: Pick<StatePlace<unknown>, 'hints' | 'noun' | 'ref'>,
  why: string,
): Failure => new Failure('policy', `${ref} does not hold a ${noun}: ${why}`, hints);
