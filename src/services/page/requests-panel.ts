import type { PagePanel } from '../../domain/reports/page/page-panel.ts';
import type { WaitingRequest } from '../../domain/reports/request.ts';
import { count } from '../../domain/text/count.ts';

/** What waits for a decision and what was granted, the most urgent first; null where nothing is. */
export function requestsPanel(waiting: readonly WaitingRequest[]): PagePanel | null {
  if (waiting.length === 0) return null;
  const rows = waiting.map(({ id, from, asked, paths, standing, overdue, message }) => [
    id,
    from,
    asked.length === 0 ? 'people' : asked.join(', '),
    count(paths, 'path'),
    overdue ? `${standing}, waits long` : standing,
    message,
  ]);
  return { name: 'requests', columns: ['request', 'from', 'to', 'for', 'state', 'why'], rows };
}
