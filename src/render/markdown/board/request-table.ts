import type { BoardData } from '../../../domain/reports/board.ts';
import { formatDuration } from '../../../domain/text/duration.ts';
import { escapeMarkdown, markdownCode } from '../../escape.ts';
import { count, list } from '../../words.ts';
import { foldingTable } from '../folding-table.ts';

/** What agents have asked of each other and nobody has answered, what waits longest first said. */
export function requestTable({ requests, at }: BoardData, budget: number): string | null {
  const open = requests.filter(({ standing }) => standing === 'open');
  const late = open.filter(({ overdue }) => overdue).length;
  const rows = open
    .toSorted((a, b) => Number(b.overdue) - Number(a.overdue))
    .map(({ id, from, asked, paths, message, since, overdue }) => [
      `${markdownCode(id)} by ${markdownCode(from)}`,
      asked.length === 0 ? 'people' : list(asked.map((each) => markdownCode(each))),
      count(paths, 'file'),
      `${formatDuration(Math.max(0, at - since))}${overdue ? ', **too long**' : ''}`,
      escapeMarkdown(message.split('\n')[0] ?? ''),
    ]);
  const words = late === 0 ? '' : `, ${late} of them for too long`;
  const title = `${count(open.length, 'request')} waiting for an answer${words}`;
  return foldingTable(title, ['Request', 'Asked of', 'For', 'Since', 'Why'], rows, budget);
}
