import { CHECK_OPTIONS } from '../domain/options/check-options.ts';
import { FLEET_TABLE, ORDER_TABLE } from '../domain/options/fleet-table.ts';
import { LOCK_ACQUIRE_OPTIONS } from '../domain/options/lock-options.ts';
import { OWNER_OPTIONS } from '../domain/options/owner-options.ts';
import {
  REQUEST_ACCEPT_OPTIONS,
  REQUEST_LIST_OPTIONS,
  REQUEST_OPEN_OPTIONS,
} from '../domain/options/request-options.ts';
import { STATUS_OPTIONS } from '../domain/options/status-options.ts';
import { TASK_ASSIGN_OPTIONS, TASK_START_OPTIONS } from '../domain/options/task-options.ts';
import { WHOAMI_OPTIONS } from '../domain/options/whoami-options.ts';

// What tools take: options of the command line, and its arguments by name. What only makes sense at a
// terminal or in a script is left out: each costs every request of every client.

const PATHS = {
  kind: 'text',
  value: 'path',
  repeats: true,
  description: 'paths, from the directory that is worked in; they need not exist',
} as const;

export const WHOAMI_TAKES = { agent: WHOAMI_OPTIONS.agent } as const;

export const OWNER_TAKES = { paths: PATHS, agent: OWNER_OPTIONS.agent } as const;

export const CHECK_TAKES = {
  paths: PATHS,
  staged: CHECK_OPTIONS.staged,
  branch: CHECK_OPTIONS.branch,
  range: { ...CHECK_OPTIONS.range, description: 'judge what b changes against a: a..b' },
  agent: CHECK_OPTIONS.agent,
} as const;

export const STATUS_TAKES = {
  overlap: { ...STATUS_OPTIONS.overlap, description: 'also look for conflicts between branches' },
} as const;

export const LOCK_TAKES = {
  verb: {
    kind: 'choice',
    value: 'verb',
    choices: ['acquire', 'renew', 'release', 'list'],
    description: 'what to do',
  },
  name: { kind: 'text', value: 'name', description: 'which shared part; not for list' },
  reason: LOCK_ACQUIRE_OPTIONS.reason,
  ttl: LOCK_ACQUIRE_OPTIONS.ttl,
  // Not every client can say that something is a text or true.
  wait: {
    kind: 'duration',
    value: 'duration',
    description: 'how long to wait until it is free, such as 5m',
  },
  steal: LOCK_ACQUIRE_OPTIONS.steal,
  agent: LOCK_ACQUIRE_OPTIONS.agent,
} as const;

export const OVERLAP_TAKES = {
  refs: FLEET_TABLE.refs,
  base: FLEET_TABLE.base,
  worktrees: FLEET_TABLE.worktrees,
  land: FLEET_TABLE.land,
} as const;

export const ORDER_TAKES = { ...OVERLAP_TAKES, after: ORDER_TABLE.after } as const;

export const REQUEST_TAKES = {
  verb: {
    kind: 'choice',
    value: 'verb',
    choices: ['open', 'list', 'show', 'accept', 'decline', 'withdraw'],
    description: 'what to do',
  },
  paths: { ...PATHS, description: 'for open: changed files of others' },
  message: REQUEST_OPEN_OPTIONS.message,
  to: REQUEST_OPEN_OPTIONS.to,
  id: { kind: 'text', value: 'id', description: 'which request; not for open and list' },
  toMe: REQUEST_LIST_OPTIONS.toMe,
  apply: REQUEST_ACCEPT_OPTIONS.apply,
  grant: {
    kind: 'duration',
    value: 'duration',
    description: 'for accept: leave to change the paths for this long, such as 2h',
  },
  agent: REQUEST_OPEN_OPTIONS.agent,
} as const;

export const TASK_TAKES = {
  verb: {
    kind: 'choice',
    value: 'verb',
    choices: ['list', 'show', 'assign', 'start', 'complete'],
    description: 'what to do',
  },
  id: { kind: 'text', value: 'id', description: 'which task; not for list' },
  title: { kind: 'text', value: 'title', description: 'for assign: what is to be done' },
  of: { kind: 'text', value: 'agent', description: 'for assign and list: whose task it is' },
  hours: { kind: 'text', value: 'n', description: 'for assign and complete: such as 2 or 1.5' },
  paths: TASK_ASSIGN_OPTIONS.paths,
  after: TASK_ASSIGN_OPTIONS.after,
  agent: TASK_START_OPTIONS.agent,
} as const;

/** What is not asked of a tool that looks at a fleet: as on the command line, when nothing is said. */
export const UNASKED = {
  renameLimit: FLEET_TABLE.renameLimit.default,
  mergeLimit: FLEET_TABLE.mergeLimit.default,
  as: FLEET_TABLE.as.default,
  failOn: undefined,
  // Whoever asks by a tool gives no command to run.
  test: undefined,
} as const;
