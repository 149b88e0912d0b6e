import { DIAGNOSIS_CODES, type Diagnosis } from '../../../src/domain/reports/doctor.ts';
import { GUARD_EVENTS, type HookManager } from '../../../src/domain/reports/init.ts';
import { hookStatus } from './status.ts';
import { agentId, flag, list, object, oid, oneOf, orNull, ref, text, time } from './words.ts';

const manager = oneOf<HookManager>({
  husky: true,
  'husky-4': true,
  lefthook: true,
  outside: true,
  overcommit: true,
  plain: true,
  'pre-commit': true,
  prek: true,
  'simple-git-hooks': true,
});

const hook = object({
  ...hookStatus,
  guard: orNull(
    object({
      home: text('The package that answered, absolute.'),
      version: text('Its version.'),
      node: text('The Node that ran it, absolute.'),
      nodeVersion: text('Its version, without v.'),
    }),
  ),
  link: orNull(text('What the file points at when it is a symbolic link.')),
  carriageReturns: flag,
  interpreter: orNull(text('What stands behind its #!.')),
});

const worktree = object({
  path: text('Absolute.'),
  branch: orNull(text('Without refs/heads/; null when HEAD is detached.')),
  main: flag,
  here: flag,
  agent: orNull(agentId),
  hooksPath: orNull(
    object({
      value: text('core.hooksPath as this worktree sees it.'),
      scope: text('system, global, local, worktree or command.'),
      origin: text('The file, as git names it.'),
    }),
  ),
  directory: text('Where git looks for hooks, absolute, links resolved.'),
  hooks: list(hook),
});

const diagnosis = object({
  code: { enum: DIAGNOSIS_CODES },
  severity: oneOf<Diagnosis['severity']>({ fault: true, note: true }),
  worktree: orNull(text('Absolute; null when it is about all of them.')),
  event: orNull({ enum: GUARD_EVENTS }),
  message: text('What is wrong, one sentence.'),
  hint: orNull(ref('hint')),
  ours: flag,
});

export const doctor = object({
  manager,
  program: object({
    version: text('Of the program that looked.'),
    home: text('Where it is, absolute.'),
    git: text('What git says of itself.'),
  }),
  worktrees: list(worktree),
  policy: orNull(
    object({
      ref: text('Where the policy is read from.'),
      oid: orNull(oid),
      committed: orNull(time),
      base: text('The branch everything lands on.'),
    }),
  ),
  remotes: list(text('The name of a remote.')),
  diagnoses: list(diagnosis),
  steps: list({ type: 'object' }),
  dryRun: flag,
  now: time,
});
