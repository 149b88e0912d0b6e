import type {
  HandoffListData,
  HandoffLogData,
  HandoffRollbackData,
  HandoffRunData,
} from '../../../src/domain/reports/handoff.ts';
import type { ValidationVerdict } from '../../../src/domain/validation.ts';
import { branch, hostName, notices } from './states.ts';
import { agentId, count, flag, list, object, oid, oneOf, orNull, text, time } from './words.ts';

export const verdict = oneOf<ValidationVerdict>({ fail: true, pass: true, undecided: true });
const digest = text('Of the commands, as hex digits.');
export const milliseconds = { type: 'integer', minimum: 0, description: 'Milliseconds.' };

/** How a command ended. */
const ended = {
  text: text('The command.'),
  verdict,
  code: orNull({ type: 'integer' }),
  signal: orNull(text('The name of the signal that ended it.')),
  timedOut: flag,
  milliseconds,
};

const run = object({
  verdict,
  reason: orNull(text('Why it is no pass, a clause.')),
  commit: oid,
  tree: oid,
  base: oid,
  digest,
  commands: list(object({ ...ended, log: text('A digest of the end of its output.') })),
  at: time,
  host: hostName,
  strength: orNull({ enum: ['asserted', 'bound', 'verified'] }),
});

const phase = object({
  agent: agentId,
  after: list(agentId),
  notWith: list(agentId),
  open: flag,
  closedBy: list(agentId),
});

const handedOff = object({
  agent: agentId,
  branch,
  last: run,
  passed: orNull(object({ at: time, commit: oid, digest, tree: oid })),
  abandoned: orNull(object({ tip: oid, at: time })),
  offline: flag,
});

/** One command as it ran here. */
export const commandRun = object({
  ...ended,
  position: count,
  reason: orNull(text('What makes it no pass, a clause.')),
  stopped: orNull(text('Who ended it.')),
  leftBehind: count,
  unended: list(count),
  log: text('Where the end of its output is; absolute.'),
  logDigest: text('A digest of that.'),
});

const ran = object({
  verb: oneOf<HandoffRunData['verb']>({ run: true }),
  branch,
  run,
  commands: list(commandRun),
  after: list(phase),
  notices,
});

const listed = object({
  verb: oneOf<HandoffListData['verb']>({ list: true, show: true }),
  rows: list(
    object({
      agent: agentId,
      handoff: orNull(handedOff),
      opens: flag,
      unreadable: orNull(text('Why it cannot be read, a clause.')),
    }),
  ),
  phases: list(phase),
  now: time,
  notices,
});

const logs = object({
  verb: oneOf<HandoffLogData['verb']>({ log: true }),
  logs: list(object({ position: count, path: text('Absolute.'), text: text('The output.') })),
});

const rolledBack = object({
  verb: oneOf<HandoffRollbackData['verb']>({ rollback: true }),
  outcome: oneOf<HandoffRollbackData['outcome']>({
    refused: true,
    'rolled-back': true,
    unchanged: true,
  }),
  branch: orNull(branch),
  from: orNull(oid),
  to: orNull(oid),
  dryRun: flag,
  notices,
});

/** Of `handoff run`, `list`, `show`, `log` and `rollback`. */
export const handoff = { anyOf: [ran, listed, logs, rolledBack] };
