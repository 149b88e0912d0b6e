import { FINDING_CODES } from '../../../src/domain/finding.ts';
import type { LimitName } from '../../../src/domain/ownership.ts';
import { GUARD_EVENTS, type HookState } from '../../../src/domain/reports/init.ts';
import {
  NEXT_REASONS,
  type StatusLock,
  type StatusOverlap,
} from '../../../src/domain/reports/status.ts';
import type { WorktreeOperation } from '../../../src/domain/worktree-operation.ts';
import { branch, waitingRequest } from './states.ts';
import { operation, severity } from './findings.ts';
import {
  agentId,
  count,
  flag,
  list,
  object,
  oid,
  oneOf,
  orNull,
  path,
  ref,
  text,
  time,
} from './words.ts';

const lock = text('The name of a shared part.');
const limit = oneOf<LimitName>({ age: true, behind: true, lines: true });

const changes = object({
  total: count,
  staged: count,
  unstaged: count,
  untracked: count,
  untrackedMore: flag,
  unmerged: count,
  judged: flag,
  outside: list(
    object({
      path,
      operation,
      staged: flag,
      code: { enum: FINDING_CODES },
      severity,
      owner: list(agentId),
      rule: orNull(text('The rule that decided.')),
      message: text('What is wrong, one sentence.'),
      lock: orNull(lock),
    }),
  ),
});

/** Also of `doctor`. */
export const hookStatus = {
  event: { enum: GUARD_EVENTS },
  file: text('The file git looks for, absolute.'),
  state: oneOf<HookState>({
    active: true,
    failing: true,
    inert: true,
    missing: true,
    skipped: true,
    unguarded: true,
    unproven: true,
  }),
  reason: orNull(text('What was seen when it was tried out and the guard did not answer.')),
};

const worktree = object({
  path: text('Absolute.'),
  relative: text('As seen from where status ran.'),
  main: flag,
  here: flag,
  gone: flag,
  lockedFor: orNull(text('Why git is told to keep it.')),
  operation: orNull(
    oneOf<WorktreeOperation>({
      am: true,
      bisect: true,
      'cherry-pick': true,
      merge: true,
      rebase: true,
      revert: true,
    }),
  ),
  hooks: list(object(hookStatus)),
  changes: orNull(changes),
});

const row = object({
  agent: orNull(agentId),
  identity: ref('identity'),
  unclear: orNull(text('Why it is not clear who acts there.')),
  branch: orNull(branch),
  head: orNull(oid),
  worktree: orNull(worktree),
  standing: orNull(
    object({
      ahead: count,
      behind: count,
      age: { type: 'integer', minimum: 0, description: 'Milliseconds.' },
      lines: count,
      over: list(limit),
      pushed: orNull(flag),
    }),
  ),
  locks: list(lock),
  conflicts: list(object({ with: branch, base: flag, paths: list(path), mechanical: flag })),
  problems: list(text('What could not be decided, one sentence.')),
  next: orNull(
    object({
      why: { enum: NEXT_REASONS },
      urgent: flag,
      hint: ref('hint'),
    }),
  ),
});

export const status = object({
  base: orNull(object({ ref: branch, oid })),
  limits: object({
    lines: orNull(count),
    behind: orNull(count),
    age: orNull({ type: 'integer', minimum: 0, description: 'Milliseconds.' }),
    enforce: list(limit),
  }),
  now: time,
  rows: list(row),
  unguarded: orNull(ref('hint')),
  locks: list(
    object({
      name: lock,
      holder: agentId,
      branch: orNull(branch),
      state: oneOf<StatusLock['state']>({ expired: true, held: true, landed: true }),
      since: time,
      expires: time,
    }),
  ),
  requests: list(waitingRequest),
  tasks: list(
    object({
      agent: agentId,
      id: text('The id of the task.'),
      title: text('What is to be done.'),
      status: { enum: ['assigned', 'started'] },
      branch: orNull(branch),
      since: time,
      waits: list(text('The id of a task that has to be done first.')),
    }),
  ),
  phases: list(
    object({
      agent: agentId,
      after: list(agentId),
      notWith: list(agentId),
      open: flag,
      closedBy: list(agentId),
    }),
  ),
  matrix: orNull(
    list(
      object({
        a: agentId,
        b: agentId,
        together: flag,
        reason: orNull(text('Why they may not.')),
      }),
    ),
  ),
  landed: list(branch),
  overlap: object({
    state: oneOf<StatusOverlap['state']>({
      computed: true,
      remembered: true,
      skipped: true,
      undecided: true,
    }),
    left: list(branch),
  }),
  notices: list(text('What a reader must know to trust the answer.')),
});
