import { requestRows } from '../../core/requests/row.ts';
import { waitingRequests } from '../../core/requests/waiting-requests.ts';
import type { Failure } from '../../domain/failure.ts';
import type { WaitingRequest } from '../../domain/reports/request.ts';
import { readRequests } from '../requests/read-requests.ts';
import type { PolicySession } from '../session/session.ts';
import { requestPlacer } from './place-request.ts';

/** The requests that wait or run, the most urgent first, and what cannot be read. */
export interface WaitingRequests {
  readonly waiting: readonly WaitingRequest[];
  readonly unreadable: readonly Failure[];
}

/** The requests that wait for an answer and the grants that run, as this clone knows them. One process. */
export async function readWaiting(session: PolicySession): Promise<WaitingRequests> {
  const { ownership } = session.policy;
  const { requests, unreadable } = await readRequests(session);
  const place = requestPlacer(ownership);
  const placed = requests.map((request) => ({ request, place: place(request), sync: null }));
  const rows = requestRows(placed, session.host.now(), ownership.requests.remind);
  return { waiting: waitingRequests(rows), unreadable };
}
