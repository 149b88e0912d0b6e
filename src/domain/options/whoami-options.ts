import { DRY_RUN } from './change-of-state.ts';

export const WHOAMI_OPTIONS = {
  agent: { kind: 'text', value: 'id', description: 'answer as if this agent were acting' },
  bind: { kind: 'text', value: 'agent', description: 'bind this worktree to an agent' },
  unbind: { kind: 'flag', description: "remove this worktree's binding" },
  dryRun: DRY_RUN,
} as const;
