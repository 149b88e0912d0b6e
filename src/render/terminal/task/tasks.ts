import { count } from '../../../domain/text/count.ts';
import type { Report } from '../../../domain/report.ts';
import type {
  AgentTasks,
  TaskChangeData,
  TaskListData,
  TaskRow,
} from '../../../domain/reports/task.ts';
import { formatMoment } from '../../../domain/text/duration.ts';
import { escapeText } from '../../escape.ts';
import { groupFindings } from '../../findings.ts';
import type { View } from '../../view.ts';
import { list, wrap } from '../../words.ts';
import { groupBlocks } from '../groups.ts';
import { textColumns } from './text-columns.ts';

/** The answer of `task`: what became of tasks, a list of them with the totals, or one. */
export function renderTasks(report: Report<TaskChangeData | TaskListData>, view: View): string {
  const { data, findings } = report;
  const blocks = [
    ...('agents' in data ? listBlocks(data) : [changeLines(data)]),
    ...groupBlocks(groupFindings(findings, null), 'error', view, '`--json` lists all'),
    ...groupBlocks(groupFindings(findings, null), 'warning', view, '`--json` lists all'),
    data.notices.flatMap((notice) => wrap(`note: ${escapeText(notice)}`, view.width, '  ', '')),
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${text.join('\n\n')}\n`;
}

const changeLines = ({ tasks, dryRun, verb }: TaskChangeData): string[] => {
  const would = dryRun ? ' (dry run: nothing was changed)' : '';
  const lines = tasks.flatMap(({ outcome, row }) =>
    outcome === 'refused' ? [] : [`${outcomeWords(outcome, row)}${would}`],
  );
  return lines.length === 0 && (verb === 'reset' || verb === 'import')
    ? ['no task is to change']
    : lines;
};

function outcomeWords(outcome: string, { task, hours }: TaskRow): string {
  const { id, agent, estimate, completed, started } = task;
  switch (outcome) {
    case 'assigned':
      return `task ${id}: assigned to ${agent}${estimate === null ? '' : `, ${hoursOf(estimate)} estimated`}`;
    case 'started':
    case 'reopened': {
      const where = started?.branch ? ` in ${escapeText(started.branch)}` : '';
      return `task ${id}: ${agent} works on it${where} since ${formatMoment(started!.at)}`;
    }
    case 'completed':
    case 'landed': {
      const told = estimate === null ? '' : ` (${hoursOf(estimate)} estimated)`;
      const files = completed!.files.map(escapeText);
      const named =
        completed!.count === 0
          ? 'no files'
          : `${count(completed!.count, 'file')}: ${list(files, 6)}`;
      const end = outcome === 'landed' ? 'landed' : 'done, not landed yet';
      return `task ${id}: ${end} after ${hoursOf(hours ?? 0)}${told}; ${named}`;
    }
    case 'dropped':
      return `task ${id}: dropped`;
    default:
      return `task ${id}: is ${task.status} already`;
  }
}

function listBlocks({ agents, tasks, cycles, unreadable, verb }: TaskListData): string[][] {
  const broken = unreadable.map(({ ref, reason }) =>
    escapeText(`${ref} cannot be read: ${reason}`),
  );
  const rings = cycles.map(
    (ring) => `in a circle, so none can start: ${[...ring, ring[0]!].join(' -> ')}`,
  );
  if (tasks.length === 0) return [['no task is open'], rings, broken];
  if (verb === 'show') return [tasks.flatMap(detailLines), rings];
  const rows = tasks.map(({ task, waits }) => [
    task.id,
    task.agent,
    waits.length > 0 ? `waits for ${waits.join(', ')}` : task.status,
    escapeText(task.title),
  ]);
  return [agents.map(agentLine), textColumns(rows), rings, broken];
}

const agentLine = ({ agent, current, branch, done, total, spent, estimate }: AgentTasks): string =>
  `${agent}  ${current === null ? 'works on no task' : `works on ${current}${branch === null ? '' : ` in ${escapeText(branch)}`}`}` +
  `  ${done} of ${total} done  ${hoursOf(spent)} of ${hoursOf(estimate)} estimated`;

function detailLines({ task, waits, hours }: TaskRow): string[] {
  const { id, title, agent, status, assigned, completed, paths, reason } = task;
  return [
    `task ${id}: ${escapeText(title)}`,
    `  ${agent}, ${status}, assigned ${formatMoment(assigned.at)}${assigned.by === null ? '' : ` by ${assigned.by}`}`,
    ...(waits.length > 0 ? [`  waits for ${waits.join(', ')}`] : []),
    ...(paths.length > 0 ? [`  about ${paths.map(escapeText).join(' ')}`] : []),
    ...(hours === null ? [] : [`  ${hoursOf(hours)}`]),
    ...(completed?.files ?? []).map((path) => `  ${escapeText(path)}`),
    ...(reason === '' ? [] : [`  ${escapeText(reason)}`]),
  ];
}

const hoursOf = (hours: number): string => `${Math.round(hours * 100) / 100} h`;
