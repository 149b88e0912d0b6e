import * as v from 'valibot';
import { err, type Result } from '../../domain/result.ts';
import type { Handoff } from '../../domain/states/handoff.ts';
import { readWrittenState, writtenState } from '../text/written-state.ts';
import { Agent, Branch, Moment, momentText, ObjectId } from '../text/written-values.ts';

/** `state.json` of a handoff, times in ISO 8601 UTC. */
export const serialiseHandoff = ({ last, passed, abandoned, ...rest }: Handoff): string =>
  writtenState({
    ...rest,
    last: { ...last, at: momentText(last.at) },
    passed: passed && { ...passed, at: momentText(passed.at) },
    abandoned: abandoned && { ...abandoned, at: momentText(abandoned.at) },
  });

/** Reads it back; refuses with the reason what `serialiseHandoff` could not have written. */
export function parseHandoff(text: string): Result<Handoff, string> {
  const read = readWrittenState(text, { noun: 'a handoff', schema: WrittenHandoff });
  if (!read.ok) return read;
  const { last, passed } = read.value;
  return last.verdict === 'pass' && passed?.commit !== last.commit
    ? err('its last run and its pass disagree')
    : read;
}

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
  agent: Agent,
  branch: Branch,
  last: Run,
  passed: v.nullable(
    v.object({ at: Moment, commit: ObjectId, digest: v.string(), tree: ObjectId }),
  ),
  abandoned: v.nullable(v.object({ tip: ObjectId, at: Moment })),
  offline: v.boolean(),
});
