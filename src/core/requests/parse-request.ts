import * as v from 'valibot';
import { entryOf } from '../../domain/change.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import {
  type ChangeRequest,
  parseRequestId,
  REQUEST_PRIORITIES,
  REQUEST_STATUSES,
  type RequestId,
} from '../../domain/states/change-request.ts';
import { readWrittenState, writtenState } from '../text/written-state.ts';
import {
  Agent,
  Branch,
  Moment,
  momentText,
  ObjectId,
  parsedBy,
  PathBytes,
  pathBytes,
} from '../text/written-values.ts';

/** More cannot be looked through by whoever is asked. */
export const MOST_PATHS = 500;
export const LONGEST_MESSAGE = 2000;

/** `state.json` of a request, times in ISO 8601 UTC, paths as git's bytes in latin1. */
export function serialiseRequest(request: ChangeRequest): string {
  const { opened, decided, applied, grant, landed } = request;
  return writtenState({
    ...request,
    changes: request.changes.map(writeChange),
    opened: { ...opened, at: momentText(opened.at) },
    decided: decided && { ...decided, at: momentText(decided.at) },
    applied: applied && { ...applied, changes: applied.changes.map(writeChange) },
    grant: grant && { until: momentText(grant.until) },
    landed: landed && { ...landed, at: momentText(landed.at) },
  });
}

/** Reads it back; refuses with the reason what `serialiseRequest` could not have written. */
export function parseRequest(text: string): Result<ChangeRequest, string> {
  const read = readWrittenState(text, { noun: 'a request', schema: WrittenRequest });
  return read.ok ? (misfit(read.value) ?? ok(read.value)) : read;
}

/** What no transition could have led to. */
function misfit(request: ChangeRequest): Result<never, string> | null {
  const { id, proposal, status, applied, grant, decided, changes, patch } = request;
  if (id !== `q${proposal.slice(0, id.length - 1)}`) return err('its id is not of its proposal');
  if ((status === 'applied') !== (applied !== null)) return err('its status and patch disagree');
  if (request.landed !== null && status !== 'applied') return err('it landed without a patch');
  if (status === 'granted' && grant === null) return err('its status and grant disagree');
  if ((status === 'open') !== (decided === null)) return err('its status and decision disagree');
  if (new Set(changes.map(({ path }) => path)).size !== changes.length)
    return err('it names a path twice');
  if (!patch && changes.some(({ after }) => after !== null))
    return err('it has no patch, and does');
  return null;
}

const writeChange = ({ path, operation, after }: ChangeRequest['changes'][number]) => ({
  path: pathBytes(path),
  operation,
  mode: after?.mode ?? null,
  oid: after?.oid ?? null,
});

const AFTER = { '100644': 1, '100755': 1, '120000': 1, '160000': 1 };

const Change = v.pipe(
  v.object({
    path: PathBytes,
    operation: v.picklist(['add', 'delete', 'gitlink', 'mode', 'modify', 'symlink']),
    mode: v.nullable(v.picklist(Object.keys(AFTER))),
    oid: v.nullable(ObjectId),
  }),
  v.check(({ mode, oid }) => (mode === null) === (oid === null)),
  v.transform(({ path, operation, mode, oid }) => ({
    path,
    operation,
    after: mode === null ? null : entryOf(mode, oid!),
  })),
);
const Changes = v.pipe(v.array(Change), v.minLength(1), v.maxLength(MOST_PATHS));

const WrittenRequest: v.GenericSchema<unknown, ChangeRequest> = v.object({
  id: parsedBy<RequestId>(parseRequestId),
  from: Agent,
  to: v.pipe(v.array(Agent), v.maxLength(1000)),
  status: v.picklist(REQUEST_STATUSES),
  priority: v.picklist(REQUEST_PRIORITIES),
  message: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_MESSAGE)),
  branch: v.nullable(Branch),
  proposal: ObjectId,
  patch: v.boolean(),
  withBranch: v.boolean(),
  changes: Changes,
  opened: v.object({ at: Moment, host: v.pipe(v.string(), v.maxLength(255)) }),
  decided: v.nullable(
    v.object({
      at: Moment,
      by: v.nullable(Agent),
      strength: v.nullable(v.picklist(['asserted', 'bound', 'verified'])),
      reason: v.pipe(v.string(), v.maxLength(LONGEST_MESSAGE)),
    }),
  ),
  applied: v.nullable(
    v.object({
      commit: ObjectId,
      branch: v.nullable(Branch),
      changes: Changes,
      stackedOn: v.nullable(ObjectId),
    }),
  ),
  grant: v.nullable(v.object({ until: Moment })),
  // One of before landings marked them does not say it.
  landed: v.optional(v.nullable(v.object({ at: Moment, commit: ObjectId })), null),
  offline: v.boolean(),
});
