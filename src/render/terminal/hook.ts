import type { Report } from '../../domain/report.ts';
import type { CheckData } from '../../domain/reports/check.ts';
import type { View } from '../view.ts';
import { renderCheck } from './check.ts';

/** What a git hook says on standard error: nothing when there is nothing to say. */
export function renderHook(report: Report<CheckData>, hook: string, view: View): string {
  const { verdict, findings, data } = report;
  const silent = verdict === 'allowed' && findings.length === 0 && data.notices.length === 0;
  return silent ? '' : renderCheck(report, view, hook);
}
