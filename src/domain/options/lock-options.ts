import { CHANGE_OF_STATE, DRY_RUN, OFFLINE } from './change-of-state.ts';

const TERMS = {
  reason: { kind: 'text', value: 'text', description: 'why, for whoever has to wait' },
  ttl: {
    kind: 'duration',
    value: 'duration',
    description: 'how long, such as 30m; at most what ownership.yml allows',
  },
} as const;

/** Of `lock acquire`. */
export const LOCK_ACQUIRE_OPTIONS = {
  ...TERMS,
  wait: {
    kind: 'duration',
    value: 'duration',
    optional: true,
    description: 'wait until the lock is free; 10m when no time is given',
  },
  steal: { kind: 'flag', description: "take over another's lease that has ended" },
  ...CHANGE_OF_STATE,
} as const;

export const LOCK_RENEW_OPTIONS = { ...TERMS, ...CHANGE_OF_STATE } as const;

export const LOCK_RELEASE_OPTIONS = {
  unlanded: {
    kind: 'flag',
    description: 'also while changes that were made under it have not landed',
  },
  ...CHANGE_OF_STATE,
} as const;

export const LOCK_RESET_OPTIONS = { offline: OFFLINE, dryRun: DRY_RUN } as const;

export const LOCK_LIST_OPTIONS = { offline: OFFLINE } as const;
