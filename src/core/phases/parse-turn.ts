import * as v from 'valibot';
import { type AgentId, parseAgentId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { pairOf, type Turn } from '../../domain/states/turn.ts';

const VERSION = 1;
const LONGEST_TEXT = 10_000;

/** `state.json` of a turn, times in ISO 8601 UTC. */
export const serialiseTurn = (turn: Turn): string =>
  `${JSON.stringify({ version: VERSION, ...turn, since: new Date(turn.since).toISOString() }, null, 2)}\n`;

/** Reads it back; refused with the reason, because what cannot be read is nobody's turn. */
export function parseTurn(text: string): Result<Turn, string> {
  if (text.length > LONGEST_TEXT) return err('it is too long to be a turn');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('it is not JSON');
  }
  const read = v.safeParse(WrittenTurn, json);
  if (!read.success) return err('it has not the form of a turn');
  const { pair, holder } = read.output;
  const [a, b] = pairOf(...pair);
  if (a === b || a !== pair[0]) return err('it is not of two agents');
  if (holder !== null && holder !== a && holder !== b) return err('its holder is another');
  const { task, since, offline } = read.output;
  return ok({ pair, holder, task, since, offline });
}

const Agent = v.pipe(
  v.string(),
  v.transform(parseAgentId),
  v.custom<AgentId>((value) => value !== null),
);

const WrittenTurn = v.object({
  version: v.literal(VERSION),
  pair: v.tuple([Agent, Agent]),
  holder: v.nullable(Agent),
  task: v.string(),
  since: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text))),
    v.transform((text) => Date.parse(text)),
  ),
  offline: v.boolean(),
});
