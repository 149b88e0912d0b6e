import type { PhasePair } from '../../../domain/reports/phases.ts';

/** Who cannot run with whom, and why; everybody else can. */
export const apartLines = (pairs: readonly PhasePair[]): string[] =>
  pairs
    .filter(({ together }) => !together)
    .map(({ a, b, reason }) => `${a} cannot run with ${b}: ${reason}`);
