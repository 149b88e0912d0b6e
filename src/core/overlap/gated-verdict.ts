import type { Finding } from '../../domain/finding.ts';
import type { OverlapLevel } from '../../domain/landing.ts';
import { type Verdict, verdictOf } from '../../domain/report.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';

/** Where a gate was asked for, what could not be judged does not pass it. */
export function gatedVerdict(
  findings: readonly Finding[],
  { degraded }: Pick<OverlapData, 'degraded'>,
  failOn: OverlapLevel | null,
): Verdict {
  const outcome = verdictOf(findings);
  return failOn !== null && outcome === 'allowed' && degraded.length > 0 ? 'undecided' : outcome;
}
