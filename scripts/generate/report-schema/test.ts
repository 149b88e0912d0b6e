import { commandRun, milliseconds, verdict } from './handoff.ts';
import { branch, notices } from './states.ts';
import { agentId, count, flag, list, object, oid, orNull, text } from './words.ts';

const reason = orNull(text('Why it is no pass, a clause.'));
const bytes = { ...count, description: 'Bytes.' };

const run = object({
  alone: { ...flag, description: 'Nothing else that has said so ran on this machine.' },
  verdict,
  reason,
  waited: milliseconds,
  milliseconds,
  cpu: orNull({ ...milliseconds, description: 'Milliseconds of processor time that were seen.' }),
  memory: orNull(bytes),
  commands: list(commandRun),
});

/** Of `test`. */
export const test = object({
  room: object({ cpus: { type: 'number', minimum: 0 }, memory: bytes }),
  worktrees: list(
    object({
      agent: agentId,
      path: text('Of the worktree; absolute.'),
      branch: orNull(branch),
      commit: orNull(oid),
      verdict,
      reason,
      runs: list(run),
    }),
  ),
  notices,
});
