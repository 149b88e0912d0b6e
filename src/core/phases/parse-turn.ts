import * as v from 'valibot';
import { err, ok, type Result } from '../../domain/result.ts';
import { pairOf, type Turn } from '../../domain/states/turn.ts';
import { readWrittenState, type WrittenForm, writtenState } from '../text/written-state.ts';
import { Agent, Moment, momentText } from '../text/written-values.ts';

/** `state.json` of a turn, times in ISO 8601 UTC. */
export const serialiseTurn = (turn: Turn): string =>
  writtenState({ ...turn, since: momentText(turn.since) });

/** Reads it back; refused with the reason, because what cannot be read is nobody's turn. */
export function parseTurn(text: string): Result<Turn, string> {
  const read = readWrittenState(text, FORM);
  if (!read.ok) return read;
  const { pair, holder } = read.value;
  const [a, b] = pairOf(...pair);
  if (a === b || a !== pair[0]) return err('it is not of two agents');
  if (holder !== null && holder !== a && holder !== b) return err('its holder is another');
  return ok(read.value);
}

const FORM: WrittenForm<Turn> = {
  noun: 'a turn',
  longest: 10_000,
  schema: v.object({
    pair: v.tuple([Agent, Agent]),
    holder: v.nullable(Agent),
    task: v.string(),
    since: Moment,
    offline: v.boolean(),
  }),
};
