import { CHANGE_OF_STATE, OFFLINE } from './change-of-state.ts';

export const HANDOFF_RUN_OPTIONS = {
  yes: { kind: 'flag', description: 'the commands of ownership.yml may run, and need no question' },
  checkout: {
    kind: 'flag',
    description: 'run them in a checkout of the commit that is thrown away, after worktrees.setup',
  },
  agent: CHANGE_OF_STATE.agent,
  offline: OFFLINE,
} as const;

export const HANDOFF_LIST_OPTIONS = {} as const;

export const HANDOFF_ROLLBACK_OPTIONS = {
  push: { kind: 'flag', description: 'take the branch back on the remote as well' },
  offline: OFFLINE,
  dryRun: CHANGE_OF_STATE.dryRun,
} as const;

export const TEST_OPTIONS = {
  all: { kind: 'flag', description: 'in the worktrees of every agent that has commands to pass' },
  yes: { kind: 'flag', description: 'the commands of ownership.yml may run, and need no question' },
} as const;
