import type { FleetReportData } from '../../domain/reports/fleet-report.ts';
import type { PageCell, PagePanel } from '../../domain/reports/page/page-panel.ts';

/** The figures that the policy aims at, beside what it aims at; null where it aims at nothing. */
export function targetsPanel({ agents, integration, targets }: FleetReportData): PagePanel | null {
  const average =
    agents.length === 0 ? null : agents.reduce((sum, one) => sum + one.perDay, 0) / agents.length;
  const rate = integration?.rate ?? null;
  const rows = [
    rowOf('landings of an agent a day', average, targets.landings, 'at least'),
    rowOf('landed of what was tried', rate && rate * 100, targets.integration, 'at least', ' %'),
    rowOf('conflicts a week', integration?.conflictsPerWeek ?? null, targets.conflicts, 'at most'),
  ].filter((row) => row !== null);
  if (rows.length === 0) return null;
  return {
    name: 'targets',
    columns: ['aimed at', 'last week', 'target', ''],
    rows,
  };
}

function rowOf(
  name: string,
  figure: number | null,
  target: number | null,
  how: 'at least' | 'at most',
  unit = '',
): PageCell[] | null {
  if (target === null) return null;
  const aim = `${how} ${target}${unit}`;
  if (figure === null) return [name, 'not recorded', aim, ''];
  const kept = how === 'at least' ? figure >= target : figure <= target;
  const words = `${Math.floor(figure * 10) / 10}${unit}`;
  // What is aimed at has its place even where nothing of it is there.
  const drawn = {
    part: figure,
    of: Math.max(figure, target, Number.MIN_VALUE),
    words,
  };
  return [name, drawn, aim, kept ? '✓ kept' : '✕ missed'];
}
