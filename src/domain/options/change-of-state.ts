/** Of every command that changes something. */
export const DRY_RUN = {
  kind: 'flag',
  description: 'show what would be done, change nothing',
} as const;

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
