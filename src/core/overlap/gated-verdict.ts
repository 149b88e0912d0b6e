import type { Finding } from '../../domain/finding.ts';
import type { OverlapLevel } from '../../domain/landing.ts';
import { type Verdict, verdictOf } from '../../domain/report.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';

/**
 * Where a gate was asked for, what could not be judged does not pass it; and an answer in which nothing could
 * be judged is none, whatever was asked for.
 */
export function gatedVerdict(
  findings: readonly Finding[],
  { branches, degraded }: Pick<OverlapData, 'branches' | 'degraded'>,
  failOn: OverlapLevel | null,
): Verdict {
  const outcome = verdictOf(findings);
  if (outcome !== 'allowed' || degraded.length === 0) return outcome;
  const nothing = branches.length > 0 && branches.every(({ base }) => base === 'unreadable');
  return nothing || failOn !== null ? 'undecided' : outcome;
}
