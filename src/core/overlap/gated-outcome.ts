import type { Finding } from '../../domain/finding.ts';
import { type Outcome, outcomeOf } from '../../domain/report.ts';
import type { OverlapData, OverlapLevel } from '../../domain/reports/overlap.ts';

/** Where a gate was asked for, what could not be judged does not pass it. */
export function gatedOutcome(
  findings: readonly Finding[],
  { degraded }: Pick<OverlapData, 'degraded'>,
  failOn: OverlapLevel | null,
): Outcome {
  const outcome = outcomeOf(findings);
  return failOn !== null && outcome === 'allowed' && degraded.length > 0 ? 'undecided' : outcome;
}
