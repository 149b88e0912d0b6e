import { DRY_RUN } from './dry-run-option.ts';

export const SYNC_OPTIONS = { dryRun: DRY_RUN } as const;
