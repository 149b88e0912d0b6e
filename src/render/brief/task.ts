import type { Report } from '../../domain/report.ts';
import type { TaskChangeData, TaskListData, TaskRow } from '../../domain/reports/task.ts';
import { count, list } from '../words.ts';
import type { Brief, BriefView } from './brief.ts';
import { briefStateRows } from './state-rows.ts';

/** What became of tasks, or those there are. */
export function briefTask(report: Report<TaskChangeData | TaskListData>, view: BriefView): Brief {
  const { data } = report;
  const isList = 'agents' in data;
  return briefStateRows<TaskRow>(report, view, {
    noun: 'task',
    rows: isList ? data.tasks.map((row) => ({ row })) : data.tasks,
    unreadable: isList ? data.unreadable : [],
    words: rowWords,
    facts: rowData,
  });
}

function rowWords({ task, waits }: TaskRow): string {
  const { id, agent, status, title, completed } = task;
  const after = waits.length > 0 ? `, after ${list(waits)}` : '';
  const files = completed === null ? '' : `, ${count(completed.count, 'file')}`;
  return `${id} ${status} by ${agent}${after}${files}: ${title}`;
}

function rowData({ task, waits, hours }: TaskRow): Readonly<Record<string, unknown>> {
  const { id, agent, status, title, paths } = task;
  return {
    id,
    agent,
    status,
    title,
    ...(paths.length > 0 && { paths }),
    ...(waits.length > 0 && { waits }),
    ...(hours !== null && { hours }),
  };
}
