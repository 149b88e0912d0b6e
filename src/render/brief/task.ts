import type { Report } from '../../domain/report.ts';
import type { TaskChangeData, TaskListData, TaskRow } from '../../domain/reports/task.ts';
import { count, list } from '../words.ts';
import {
  type Brief,
  briefText,
  type BriefView,
  moreKey,
  moreLine,
  plain,
  someOf,
} from './brief.ts';
import { briefFindings } from './findings.ts';

/** What became of tasks, or those there are. */
export function briefTask(
  { agent, verdict, findings, data }: Report<TaskChangeData | TaskListData>,
  view: BriefView,
): Brief {
  const found = briefFindings(findings, view);
  const rows: readonly { readonly row: TaskRow; readonly outcome?: string }[] =
    'agents' in data ? data.tasks.map((row) => ({ row })) : data.tasks;
  const { some, more } = someOf(rows);
  const unreadable = 'agents' in data ? data.unreadable : [];
  return {
    text: briefText([
      rows.length === 0 && found.text === '' ? 'no task' : null,
      ...some.map(({ row, outcome }) => plain(`${outcome ? `${outcome}: ` : ''}${rowWords(row)}`)),
      moreLine(more),
      found.text,
      ...unreadable.map(({ ref, reason }) => plain(`not decided: ${ref}: ${reason}`)),
      ...data.notices.map((notice) => `note: ${plain(notice)}`),
    ]),
    data: {
      verdict,
      agent,
      tasks: some.map(({ row, outcome }) => ({ ...(outcome && { outcome }), ...rowData(row) })),
      ...moreKey(more),
      ...found.data,
      ...(unreadable.length > 0 && { unreadable }),
      ...(data.notices.length > 0 && { notices: data.notices }),
    },
  };
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
