import { compare } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { SyncState } from '../../domain/lock.ts';
import type { RequestRow } from '../../domain/reports/request.ts';
import type { ChangeRequest, RequestStanding } from '../../domain/states/change-request.ts';

/** What the policy says now of the paths of a request. */
export interface RequestPlace {
  /** Whom to ask; none: people. */
  readonly asked: readonly AgentId[];
  /** The reserved parts its paths lie in. */
  readonly queues: readonly string[];
  /** The asker may change all of them by now. */
  readonly own: boolean;
}

/** A request with what the policy says of it and how its two sides stand. */
export interface PlacedRequest {
  readonly request: ChangeRequest;
  readonly place: RequestPlace;
  readonly sync: SyncState | null;
}

/** How a request stands now: what time and the policy make of what was decided. */
export function standingOfRequest(
  { status, grant, landed }: ChangeRequest,
  { own }: RequestPlace,
  now: number,
): RequestStanding {
  if (status === 'granted' && now >= (grant?.until ?? 0)) return 'expired';
  if (landed !== null) return 'landed';
  return own && (status === 'open' || status === 'granted') ? 'moot' : status;
}

/** What a report says of all requests, the most urgent first, then the oldest, then by id. */
export function requestRows(
  placed: readonly PlacedRequest[],
  now: number,
  remind: number,
): RequestRow[] {
  const sorted = [...placed].sort((a, b) => byUrgency(a.request, b.request));
  const waiting = sorted.filter(
    ({ request, place }) => standingOfRequest(request, place, now) === 'open',
  );
  const queue = (part: string): readonly PlacedRequest[] =>
    waiting.filter(({ place }) => place.queues.includes(part));
  return sorted.map((one) => {
    const { request, place, sync } = one;
    const standing = standingOfRequest(request, place, now);
    const queues =
      standing === 'open'
        ? place.queues.map((part) => {
            const all = queue(part);
            return { part, place: all.indexOf(one) + 1, of: all.length };
          })
        : [];
    const overdue = standing === 'open' && now - request.opened.at > remind;
    return { request, standing, asked: place.asked, queues, overdue, sync };
  });
}

/** In which order requests are looked at. Total, so that all clones agree. */
export const byUrgency = (a: ChangeRequest, b: ChangeRequest): number =>
  a.priority - b.priority || a.opened.at - b.opened.at || compare(a.id, b.id);
