import type { Finding } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';

/** What helps against the first refusal among findings that has a command. */
export const remedyIn = (findings: readonly Finding[]): Hint | null =>
  findings.find(({ severity, hint }) => severity === 'error' && hint?.command)?.hint ?? null;
