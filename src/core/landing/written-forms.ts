import * as v from 'valibot';
import { type AgentId, parseAgentId } from '../../domain/ids.ts';
import { LANDING_MODES } from '../../domain/landing.ts';
import { type BranchName, type Oid, parseBranchName, parseOid } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import {
  LANDING_WAYS,
  type LandingId,
  parseLandingId,
  type ReceiptId,
} from '../../domain/states/landing-journal.ts';
import { parseReceiptId } from '../../domain/states/landing-receipt.ts';

/** The version of the forms; a reader that knows only this one must not guess at another. */
const VERSION = 1;
/** Characters; more is not a state of a landing, and not worth parsing. */
const LONGEST_TEXT = 1_000_000;
const MOST_STEPS = 1000;

/** Text that a parser accepts, as what it makes of it. */
export const parsedBy = <Output>(parse: (text: string) => Output | null) =>
  v.pipe(
    v.string(),
    v.transform(parse),
    v.custom<Output>((value) => value !== null),
  );

/** ISO 8601 UTC, as milliseconds since 1970. */
export const Moment = v.pipe(
  v.string(),
  v.check((text) => {
    const at = Date.parse(text);
    return !Number.isNaN(at) && new Date(at).toISOString() === text;
  }),
  v.transform((text) => Date.parse(text)),
);

export const Text = v.pipe(v.string(), v.maxLength(2000));
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
export const ObjectId = parsedBy<Oid>(parseOid);
export const Branch = parsedBy<BranchName>(parseBranchName);
export const Agent = v.nullable(parsedBy<AgentId>(parseAgentId));
export const Id = parsedBy<LandingId>(parseLandingId);
export const ReceiptText = parsedBy<ReceiptId>(parseReceiptId);
export const Mode = v.picklist(LANDING_MODES);
export const Way = v.picklist(LANDING_WAYS);
export const Made = v.object({ commit: ObjectId, tree: ObjectId });
export const StepList = <Step extends v.GenericSchema>(step: Step) =>
  v.pipe(v.array(step), v.maxLength(MOST_STEPS));
export const WrittenProof = v.object({
  tree: ObjectId,
  digest: Text,
  at: Moment,
  flaky: v.boolean(),
});

export const timeText = (moment: number): string => new Date(moment).toISOString();

/** One object of JSON with its version first, as text. */
export const writtenText = (state: object): string =>
  `${JSON.stringify({ version: VERSION, ...state }, null, 2)}\n`;

/** Reads such a text by a schema; anything else is refused with the reason. Unknown keys are ignored. */
export function readText<State>(
  text: string,
  schema: v.GenericSchema<unknown, State>,
): Result<State, string> {
  if (text.length > LONGEST_TEXT) return err('it is too long');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('it is not JSON');
  }
  if (!v.is(v.object({ version: v.literal(VERSION) }), json))
    return err('its "version" is missing or wrong');
  const read = v.safeParse(schema, json, { abortEarly: true });
  if (read.success) return ok(read.output);
  const key = read.issues[0].path?.[0]?.key;
  return err(
    key === undefined ? 'it is not a JSON object' : `its "${String(key)}" is missing or wrong`,
  );
}
