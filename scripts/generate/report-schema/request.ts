import type {
  RequestChangeData,
  RequestListData,
  RequestOutcome,
} from '../../../src/domain/reports/request.ts';
import {
  REQUEST_PRIORITIES,
  REQUEST_STATUSES,
  type RequestStanding,
} from '../../../src/domain/states/change-request.ts';
import { askedChange, branch, hostName, notices, sync, unreadable } from './states.ts';
import {
  agentId,
  count,
  flag,
  list,
  object,
  oid,
  oneOf,
  orNull,
  path,
  text,
  time,
} from './words.ts';

const asked = object({
  id: text('q and hex digits of the proposal.'),
  from: agentId,
  to: list(agentId),
  status: { enum: REQUEST_STATUSES },
  priority: { enum: REQUEST_PRIORITIES },
  message: text('Why it is asked for.'),
  branch: orNull(branch),
  proposal: oid,
  patch: flag,
  withBranch: flag,
  changes: list(askedChange),
  opened: object({ at: time, host: hostName }),
  decided: orNull(
    object({
      at: time,
      by: orNull(agentId),
      strength: orNull({ enum: ['asserted', 'bound', 'verified'] }),
      reason: text('Why it was declined; empty where nothing was said.'),
    }),
  ),
  applied: orNull(
    object({
      commit: oid,
      branch: orNull(branch),
      changes: list(askedChange),
      stackedOn: orNull(oid),
    }),
  ),
  grant: orNull(object({ until: time })),
  landed: orNull(object({ at: time, commit: oid })),
  offline: flag,
});

const row = object({
  request: asked,
  standing: oneOf<RequestStanding>({
    applied: true,
    declined: true,
    expired: true,
    granted: true,
    landed: true,
    moot: true,
    open: true,
    withdrawn: true,
  }),
  asked: list(agentId),
  queues: list(object({ part: text('The name of a reserved part.'), place: count, of: count })),
  overdue: flag,
  sync,
});

const change = object({
  verb: oneOf<RequestChangeData['verb']>({
    accept: true,
    decline: true,
    open: true,
    reopen: true,
    withdraw: true,
  }),
  requests: list(
    object({
      outcome: oneOf<RequestOutcome>({
        applied: true,
        conflict: true,
        declined: true,
        granted: true,
        opened: true,
        refused: true,
        reopened: true,
        revoked: true,
        unchanged: true,
        withdrawn: true,
      }),
      row,
    }),
  ),
  unstaged: list(path),
  dryRun: flag,
  now: time,
  notices,
});

const listed = object({
  verb: oneOf<RequestListData['verb']>({ list: true, show: true }),
  requests: list(row),
  patch: orNull(text('As git writes it.')),
  unreadable,
  now: time,
  notices,
});

/** Of `request open`, `accept`, `decline`, `withdraw`, `reopen`, `list` and `show`. */
export const request = { anyOf: [change, listed] };
