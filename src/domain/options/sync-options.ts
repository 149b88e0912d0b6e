import { DRY_RUN } from './change-of-state.ts';

export const SYNC_OPTIONS = { dryRun: DRY_RUN } as const;
