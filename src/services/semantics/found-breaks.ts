import type { SilentBreak } from '../../domain/reports/overlap.ts';

/** What was found, and whether everything could be read: if not, another run may find more. */
export interface FoundBreaks {
  readonly breaks: readonly SilentBreak[];
  readonly whole: boolean;
}
