import * as v from 'valibot';
import { entryOf } from '../../domain/change.ts';
import { type AgentId, parseAgentId } from '../../domain/ids.ts';
import { decodeRepoPath, encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { type BranchName, type Oid, parseBranchName, parseOid } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import {
  type ChangeRequest,
  parseRequestId,
  REQUEST_PRIORITIES,
  REQUEST_STATUSES,
  type RequestId,
} from '../../domain/states/change-request.ts';

/** The version of the form; a reader that knows only this one must not guess at another. */
const VERSION = 1;
/** Characters. Far above what `MOST_PATHS` paths make; more is not a request, and not worth parsing. */
const LONGEST_TEXT = 1_000_000;
/** More cannot be looked through by whoever is asked. */
export const MOST_PATHS = 500;
export const LONGEST_MESSAGE = 2000;

/** `state.json` of a request, times in ISO 8601 UTC, paths as git's bytes in latin1. */
export function serialiseRequest(request: ChangeRequest): string {
  const { opened, decided, applied, grant } = request;
  const state = {
    version: VERSION,
    ...request,
    changes: request.changes.map(writeChange),
    opened: { ...opened, at: time(opened.at) },
    decided: decided && { ...decided, at: time(decided.at) },
    applied: applied && { ...applied, changes: applied.changes.map(writeChange) },
    grant: grant && { until: time(grant.until) },
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}

/**
 * Reads `state.json` back. Anything that `serialiseRequest` could not have written is refused with
 * the reason, because a request that cannot be read must not open anything. Unknown keys are ignored.
 */
export function parseRequest(text: string): Result<ChangeRequest, string> {
  if (text.length > LONGEST_TEXT) return err('it is too long to be a request');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('it is not JSON');
  }
  if (!v.is(Version, json)) return err('its "version" is missing or wrong');
  const read = v.safeParse(WrittenRequest, json, { abortEarly: true });
  if (!read.success) {
    const key = read.issues[0].path?.[0]?.key;
    return err(
      key === undefined ? 'it is not a JSON object' : `its "${String(key)}" is missing or wrong`,
    );
  }
  return misfit(read.output) ?? ok(read.output);
}

/** What no transition could have led to. */
function misfit(request: ChangeRequest): Result<never, string> | null {
  const { id, proposal, status, applied, grant, decided, changes, patch } = request;
  if (id !== `q${proposal.slice(0, id.length - 1)}`) return err('its id is not of its proposal');
  if ((status === 'applied') !== (applied !== null)) return err('its status and patch disagree');
  if (status === 'granted' && grant === null) return err('its status and grant disagree');
  if ((status === 'open') !== (decided === null)) return err('its status and decision disagree');
  if (new Set(changes.map(({ path }) => path)).size !== changes.length)
    return err('it names a path twice');
  if (!patch && changes.some(({ after }) => after !== null))
    return err('it has no patch, and does');
  return null;
}

const time = (moment: number): string => new Date(moment).toISOString();

const writeChange = ({ path, operation, after }: ChangeRequest['changes'][number]) => ({
  path: Buffer.from(encodeRepoPath(path)).toString('latin1'),
  operation,
  mode: after?.mode ?? null,
  oid: after?.oid ?? null,
});

const Moment = v.pipe(
  v.string(),
  v.check((text) => {
    const at = Date.parse(text);
    return !Number.isNaN(at) && new Date(at).toISOString() === text;
  }),
  v.transform((text) => Date.parse(text)),
);

/** Text that a parser accepts, as what it makes of it. */
const parsed = <Output>(parse: (text: string) => Output | null) =>
  v.pipe(
    v.string(),
    v.transform(parse),
    v.custom<Output>((value) => value !== null),
  );

const Agent = parsed<AgentId>(parseAgentId);
const ObjectId = parsed<Oid>(parseOid);
const Branch = parsed<BranchName>(parseBranchName);
const Path = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(4096),
  v.regex(/^[\x01-\xff]+$/),
  v.transform((text): RepoPath => decodeRepoPath(Buffer.from(text, 'latin1'))),
);

const AFTER = { '100644': 1, '100755': 1, '120000': 1, '160000': 1 };

const Change = v.pipe(
  v.object({
    path: Path,
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

const Version = v.object({ version: v.literal(VERSION) });

const WrittenRequest: v.GenericSchema<unknown, ChangeRequest> = v.object({
  id: parsed<RequestId>(parseRequestId),
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
  offline: v.boolean(),
});
