import type { WaitFigures } from '../../domain/reports/fleet-report.ts';
import type { ChangeRequest } from '../../domain/states/change-request.ts';
import type { Task } from '../../domain/states/task.ts';
import type { LandedWork } from './landed-work.ts';

/** Milliseconds since 1970. */
export interface Span {
  readonly from: number;
  /** Null while it is not over. */
  readonly to: number | null;
}

export interface Period {
  readonly since: number;
  readonly until: number;
}

/** How long requests waited for a decision, as far as that was within the period. */
export const requestWaits = (
  requests: readonly ChangeRequest[],
  period: Period,
): WaitFigures | null =>
  waits(
    requests
      // One that was withdrawn keeps nobody waiting, and does not say since when.
      .filter(({ status }) => status !== 'withdrawn')
      .map(({ opened, decided }) => ({ from: opened.at, to: decided?.at ?? null })),
    period,
  );

/** How long tasks that were done waited to land. */
export function landingWaits(
  tasks: readonly Task[],
  landed: readonly LandedWork[],
  period: Period,
): WaitFigures | null {
  const spans = tasks.flatMap((task): Span[] => {
    const { completed, started, status } = task;
    if (completed === null || (status !== 'done' && status !== 'landed')) return [];
    const later = landed
      .filter((one) => one.branch === (started?.branch ?? '') && one.at >= completed.at)
      .map(({ at }) => at);
    if (later.length > 0) return [{ from: completed.at, to: Math.min(...later) }];
    // Something landed it that does not say its branch.
    return status === 'landed' ? [] : [{ from: completed.at, to: null }];
  });
  return waits(spans, period);
}

const waits = (spans: readonly Span[], period: Period): WaitFigures | null =>
  spans.length === 0 ? null : waitFigures(spans, period);

/** How long these took, as far as that was within the period. */
export function waitFigures(spans: readonly Span[], { since, until }: Period): WaitFigures {
  const within = spans.filter(({ from, to }) => from <= until && (to ?? until) >= since);
  return {
    count: within.length,
    total: within.reduce(
      (sum, { from, to }) => sum + Math.min(to ?? until, until) - Math.max(from, since),
      0,
    ),
    open: within.filter(({ to }) => to === null || to > until).length,
  };
}
