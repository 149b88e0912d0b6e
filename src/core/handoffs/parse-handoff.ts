import * as v from 'valibot';
import { type AgentId, parseAgentId } from '../../domain/ids.ts';
import { type BranchName, type Oid, parseBranchName, parseOid } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Handoff } from '../../domain/states/handoff.ts';

/** The version of the form; a reader that knows only this one must not guess at another. */
const VERSION = 1;
/** Characters; more is not a handoff, and not worth parsing. */
const LONGEST_TEXT = 1_000_000;

/** `state.json` of a handoff, times in ISO 8601 UTC. */
export function serialiseHandoff({ last, passed, abandoned, ...rest }: Handoff): string {
  const state = {
    version: VERSION,
    ...rest,
    last: { ...last, at: time(last.at) },
    passed: passed && { ...passed, at: time(passed.at) },
    abandoned: abandoned && { ...abandoned, at: time(abandoned.at) },
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}

/**
 * Reads `state.json` back. Anything that `serialiseHandoff` could not have written is refused with
 * the reason, because a handoff that cannot be read must not open anything. Unknown keys are ignored.
 */
export function parseHandoff(text: string): Result<Handoff, string> {
  if (text.length > LONGEST_TEXT) return err('it is too long to be a handoff');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('it is not JSON');
  }
  if (!v.is(v.object({ version: v.literal(VERSION) }), json))
    return err('its "version" is missing or wrong');
  const read = v.safeParse(WrittenHandoff, json, { abortEarly: true });
  if (!read.success) {
    const key = read.issues[0].path?.[0]?.key;
    return err(key === undefined ? 'it is not an object' : `its "${String(key)}" is wrong`);
  }
  const { last, passed } = read.output;
  if (last.verdict === 'pass' && passed?.commit !== last.commit)
    return err('its last run and its pass disagree');
  return ok(read.output);
}

const time = (moment: number): string => new Date(moment).toISOString();

const Moment = v.pipe(
  v.string(),
  v.check((text) => {
    const at = Date.parse(text);
    return !Number.isNaN(at) && new Date(at).toISOString() === text;
  }),
  v.transform((text) => Date.parse(text)),
);

/** Text that a parser accepts, as what it makes of it. */
const parsed = <Output>(parse: (text: string) => Output | null) =>
  v.pipe(
    v.string(),
    v.transform(parse),
    v.custom<Output>((value) => value !== null),
  );

const ObjectId = parsed<Oid>(parseOid);
const Verdict = v.picklist(['fail', 'pass', 'undecided']);
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Command = v.object({
  text: v.string(),
  verdict: Verdict,
  code: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  timedOut: v.boolean(),
  milliseconds: Count,
  log: v.string(),
});

const Run = v.object({
  verdict: Verdict,
  reason: v.nullable(v.string()),
  commit: ObjectId,
  tree: ObjectId,
  base: ObjectId,
  digest: v.string(),
  commands: v.array(Command),
  at: Moment,
  host: v.string(),
  strength: v.nullable(v.picklist(['verified', 'bound', 'asserted'])),
});

const WrittenHandoff = v.object({
  agent: parsed<AgentId>(parseAgentId),
  branch: parsed<BranchName>(parseBranchName),
  last: Run,
  passed: v.nullable(
    v.object({ at: Moment, commit: ObjectId, digest: v.string(), tree: ObjectId }),
  ),
  abandoned: v.nullable(v.object({ tip: ObjectId, at: Moment })),
  offline: v.boolean(),
});
