import { compare } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { AgentFigures, HoursFigures } from '../../domain/reports/fleet-report.ts';
import { middle } from './middle.ts';
import { daysIn, perDay } from './per-day.ts';

/** A landing of the period, and how long it took from its first commit. */
export interface TimedLanding {
  readonly at: number;
  readonly agent: AgentId | null;
  readonly leadTime: number | null;
}

/** A task, as far as its hours are compared. */
export interface CompletedWork {
  readonly agent: AgentId;
  /** When it was completed; null while it is not. */
  readonly at: number | null;
  readonly estimated: number | null;
  readonly spent: number | null;
}

/** What each agent has achieved in a period. */
export const agentFigures = (
  agents: readonly AgentId[],
  landings: readonly TimedLanding[],
  tasks: readonly CompletedWork[],
  { since, until }: { readonly since: number; readonly until: number },
): AgentFigures[] =>
  [...agents].sort(compare).map((agent) => {
    const own = landings.filter((one) => one.agent === agent);
    return {
      agent,
      landings: own.length,
      perDay: own.length / daysIn(since, until),
      days: perDay(
        own.map(({ at }) => at),
        since,
        until,
      ),
      leadTime: middle(own.flatMap(({ leadTime }) => leadTime ?? [])),
      hours: hoursOf(tasks.filter((task) => task.agent === agent && isWithin(task, since, until))),
    };
  });

const isWithin = ({ at }: CompletedWork, since: number, until: number): boolean =>
  at !== null && at >= since && at <= until;

/** Only a task that has both can be compared. */
function hoursOf(tasks: readonly CompletedWork[]): HoursFigures | null {
  const both = tasks.filter(({ estimated, spent }) => estimated !== null && spent !== null);
  if (both.length === 0) return null;
  return {
    tasks: both.length,
    estimated: both.reduce((sum, { estimated }) => sum + estimated!, 0),
    spent: both.reduce((sum, { spent }) => sum + spent!, 0),
  };
}
