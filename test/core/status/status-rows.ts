import type { BranchName, Oid } from '../../../src/domain/refs.ts';
import { GUARD_EVENTS, type HookState, type HookStatus } from '../../../src/domain/reports/init.ts';
import type {
  OutsideChange,
  StatusChanges,
  StatusRow,
  StatusStanding,
  StatusWorktree,
} from '../../../src/domain/reports/status.ts';
import { agent as agentId, path } from '../../render/examples.ts';

/** Rows to be changed where a test needs something else: an agent's worktree in perfect order. */

export const hooks = (...states: HookState[]): HookStatus[] =>
  GUARD_EVENTS.map((event, at) => ({
    event,
    file: `/repo/.git/hooks/${event}`,
    state: states[at] ?? 'active',
    reason: null,
  }));

export const changes = (more: Partial<StatusChanges> = {}): StatusChanges => ({
  total: more.outside?.length ?? 0,
  staged: 0,
  unstaged: 0,
  untracked: 0,
  untrackedMore: false,
  unmerged: 0,
  judged: true,
  outside: [],
  ...more,
});

export const outside = (text: string, more: Partial<OutsideChange> = {}): OutsideChange => ({
  path: path(text),
  operation: 'modify',
  staged: false,
  code: 'owned-by-other',
  severity: 'error',
  owner: [agentId('a2')],
  rule: "agents.a2.owns[0] 'api/**'",
  message: 'belongs to a2',
  lock: null,
  ...more,
});

export const worktree = (more: Partial<StatusWorktree> = {}): StatusWorktree => ({
  path: '/work/wt-a1',
  relative: '../wt-a1',
  main: false,
  here: false,
  gone: false,
  lockedFor: null,
  operation: null,
  hooks: hooks(),
  changes: changes(),
  ...more,
});

export const standing = (more: Partial<StatusStanding> = {}): StatusStanding => ({
  ahead: 0,
  behind: 0,
  age: 0,
  lines: 0,
  over: [],
  pushed: null,
  ...more,
});

type Given = Omit<Partial<StatusRow>, 'agent' | 'branch'> & {
  readonly agent?: string | null;
  readonly branch?: string | null;
};

export function row({ agent: id = 'a1', branch = 'feat/a1/x', ...more }: Given = {}): StatusRow {
  return {
    agent: id === null ? null : agentId(id),
    identity:
      id === null
        ? { kind: 'human' }
        : { kind: 'agent', agent: agentId(id), strength: 'asserted', claims: [] },
    unclear: null,
    branch: branch as BranchName | null,
    head: '1234abcd'.repeat(5) as Oid,
    worktree: worktree(),
    standing: standing(),
    locks: [],
    conflicts: [],
    problems: [],
    next: null,
    ...more,
  };
}
