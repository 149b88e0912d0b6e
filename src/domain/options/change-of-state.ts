import { DRY_RUN } from './dry-run-option.ts';

/** Of commands that only look at what clones agree on, or change it. */
export const OFFLINE = {
  kind: 'flag',
  description: 'decide in this clone alone, without asking the remote',
} as const;

/** Of every command that changes it. */
export const CHANGE_OF_STATE = {
  agent: { kind: 'text', value: 'id', description: 'act for this agent' },
  offline: OFFLINE,
  dryRun: DRY_RUN,
} as const;
