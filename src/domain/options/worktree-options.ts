import { DRY_RUN, OFFLINE } from './change-of-state.ts';

const DISCARDS = {
  discardUncommitted: { kind: 'flag', description: 'lose what no commit holds' },
  discardUnpushed: { kind: 'flag', description: 'lose commits that are nowhere else' },
  discardSubmodules: {
    kind: 'flag',
    description: "lose the repositories of the worktree's submodules",
  },
  ignoreLock: { kind: 'flag', description: 'also what git worktree lock protects' },
} as const;

export const WORKTREE_ADD_OPTIONS = {
  all: { kind: 'flag', description: 'every agent' },
  branch: { kind: 'text', value: 'name', description: 'this branch, for one agent' },
  topic: {
    kind: 'text',
    value: 'topic',
    description: 'what it is for, in the names of branch and directory',
  },
  base: {
    kind: 'text',
    value: 'ref',
    description: 'where a new branch begins; else the base branch',
  },
  setup: { kind: 'flag', unless: true, description: 'run no setup commands' },
  yes: { kind: 'flag', description: 'approve the setup commands' },
  dryRun: DRY_RUN,
} as const;

export const WORKTREE_REMOVE_OPTIONS = {
  all: { kind: 'flag', description: 'those of every agent' },
  keepBranch: { kind: 'flag', description: 'leave the branch, with its commits' },
  ...DISCARDS,
  discardIgnored: { kind: 'flag', description: 'lose ignored files that cannot be made again' },
  ignoreProcesses: { kind: 'flag', description: 'also while a process is at work in it' },
  dryRun: DRY_RUN,
} as const;

export const WORKTREE_PRUNE_OPTIONS = { ...DISCARDS, dryRun: DRY_RUN } as const;

export const CLEAN_OPTIONS = {
  yes: { kind: 'flag', description: 'remove what is named; without it nothing is changed' },
  offline: { ...OFFLINE, description: 'leave the remote and its branches alone' },
} as const;
