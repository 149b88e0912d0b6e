import * as v from 'valibot';
import { err, ok, type Result } from '../../domain/result.ts';

/** The version of all these forms; a reader that knows only this one must not guess at another. */
const VERSION = 1;
/** Characters, unless a form says less; more is none of our states, and not worth parsing. */
const LONGEST_TEXT = 1_000_000;

/** How one kind of state is written in its `state.json`. */
export interface WrittenForm<State> {
  /** What it is, with its article: `a lease`. */
  readonly noun: string;
  readonly schema: v.GenericSchema<unknown, State>;
  /** Characters. */
  readonly longest?: number;
}

/** A state as the text of its `state.json`: its version first, then one key a line, in their order. */
export const writtenState = (state: object): string =>
  `${JSON.stringify({ version: VERSION, ...state }, null, 2)}\n`;

/**
 * Reads such a text back. What could not have been written so is refused with the reason, because a
 * state that cannot be read must not count as free, open, granted or green. Unknown keys are ignored.
 */
export function readWrittenState<State>(
  text: string,
  { noun, schema, longest = LONGEST_TEXT }: WrittenForm<State>,
): Result<State, string> {
  if (text.length > longest) return err(`it is too long to be ${noun}`);
  const json = parseJson(text);
  const version = v.safeParse(Version, json);
  if (!version.success) return err(problem(version.issues[0]));
  const read = v.safeParse(schema, json, { abortEarly: true });
  return read.success ? ok(read.output) : err(problem(read.issues[0]));
}

const Version = v.object({ version: v.literal(VERSION) });

function problem(issue: v.BaseIssue<unknown>): string {
  const key = issue.path?.[0]?.key;
  return key === undefined ? 'it is not a JSON object' : `its "${String(key)}" is missing or wrong`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
