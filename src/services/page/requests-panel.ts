import { requestRows } from '../../core/requests/row.ts';
import type { PagePanel } from '../../domain/reports/page.ts';
import { count } from '../../domain/text/count.ts';
import { requestPlacer } from '../proposals/place-request.ts';
import { readRequests } from '../requests/read-requests.ts';
import type { PolicySession } from '../session/session.ts';

/** What waits for a decision and what was granted, the most urgent first; and what cannot be read. */
export async function requestsPanel(
  session: PolicySession,
): Promise<{ readonly panel: PagePanel | null; readonly notices: readonly string[] }> {
  const { ownership } = session.policy;
  const { requests, unreadable } = await readRequests(session);
  const place = requestPlacer(ownership);
  const placed = requests.map((request) => ({ request, place: place(request), sync: null }));
  const rows = requestRows(placed, session.host.now(), ownership.requests.remind)
    .filter(({ standing }) => standing === 'open' || standing === 'granted')
    .map(({ request, standing, asked, overdue }) => [
      request.id,
      request.from,
      asked.length === 0 ? 'people' : asked.join(', '),
      count(request.changes.length, 'path'),
      overdue ? `${standing}, waits long` : standing,
      request.message,
    ]);
  return {
    panel:
      rows.length === 0
        ? null
        : { name: 'requests', columns: ['request', 'from', 'to', 'for', 'state', 'why'], rows },
    notices: unreadable.map(({ message }) => message),
  };
}
