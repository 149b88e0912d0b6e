import { DRY_RUN } from './change-of-state.ts';

export const DOCTOR_OPTIONS = {
  fix: { kind: 'flag', description: 'repair what is ours, and say what is not' },
  dryRun: DRY_RUN,
} as const;
