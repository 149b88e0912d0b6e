import type { RequestRow, WaitingRequest } from '../../domain/reports/request.ts';

/** What an overview says of requests: those that wait for an answer, and the grants that run. In their order. */
export const waitingRequests = (rows: readonly RequestRow[]): WaitingRequest[] =>
  rows.flatMap(({ request, standing, asked, overdue }) =>
    standing === 'open' || standing === 'granted'
      ? [
          {
            id: request.id,
            from: request.from,
            asked,
            standing,
            paths: request.changes.length,
            message: request.message,
            branch: request.branch,
            since: request.opened.at,
            until: standing === 'granted' ? (request.grant?.until ?? null) : null,
            overdue,
          },
        ]
      : [],
  );
