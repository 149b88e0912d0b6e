import * as v from 'valibot';
import { type AgentId, type LockName, parseAgentId, parseLockName } from '../../domain/ids.ts';
import type { Lease, LeaseState } from '../../domain/lock.ts';
import { type Oid, parseBranchName, parseOid } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** The version of the form; a reader that knows only this one must not guess at another. */
const VERSION = 1;
/** Far above what `serialiseLease` can make; more is not a lease, and not worth parsing. */
const LONGEST_TEXT = 16_384;
export const LONGEST_REASON = 500;
/** Branches that are remembered after their agents gave the lock back, the newest. */
export const MOST_LEFT = 20;
/** Only a forged fence comes so far. It stays there, because the next number would not be one. */
export const LARGEST_FENCE = Number.MAX_SAFE_INTEGER;

/** `state.json` of a lock: one key a line, always in this order, times in ISO 8601 UTC. */
export function serialiseLease(lease: Lease): string {
  const state = {
    version: VERSION,
    name: lease.name,
    holder: lease.holder,
    host: lease.host,
    branch: lease.branch,
    since: new Date(lease.since).toISOString(),
    expires: new Date(lease.expires).toISOString(),
    reason: lease.reason,
    fence: lease.fence,
    offline: lease.offline,
    takenFrom: lease.takenFrom,
    base: lease.base ?? null,
    left: lease.left ?? [],
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}

/**
 * Reads `state.json` back. Anything that `serialiseLease` could not have written is refused with
 * the reason, because a lock that cannot be read must not count as free. Unknown keys are ignored.
 */
export function parseLease(text: string): Result<Lease, string> {
  if (text.length > LONGEST_TEXT) return err('it is too long to be a lease');
  const json = readJson(text);
  const version = v.safeParse(Version, json);
  if (!version.success) return err(problem(version.issues[0]));
  const lease = v.safeParse(WrittenLease, json, { abortEarly: true });
  if (!lease.success) return err(problem(lease.issues[0]));
  return lease.output.expires < lease.output.since
    ? err('it expires before it begins')
    : ok(lease.output);
}

/**
 * Whether a lease binds at `now`. `skew` (milliseconds) is how far the clock that wrote it may be
 * ahead of or behind the reader's: 0 for the holder itself, `CLOCK_GRACE` for others who want it.
 */
export function leaseState(
  lease: Lease | null,
  now: number,
  skew: number,
): Exclude<LeaseState, 'landed'> {
  if (lease === null || lease.holder === null) return 'free';
  return now < lease.expires + skew ? 'held' : 'expired';
}

/** Exactly the form `Date.prototype.toISOString` writes; `Date.parse` alone accepts much more. */
const Moment = v.pipe(
  v.string(),
  v.check((text) => {
    const time = Date.parse(text);
    return !Number.isNaN(time) && new Date(time).toISOString() === text;
  }),
  v.transform((text) => Date.parse(text)),
);

const Agent = v.pipe(
  v.string(),
  v.transform(parseAgentId),
  v.custom<AgentId>((id) => id !== null),
);

const ObjectId = v.pipe(
  v.string(),
  v.transform(parseOid),
  v.custom<Oid>((id) => id !== null),
);

const Version = v.object({ version: v.literal(VERSION) });

const WrittenLease: v.GenericSchema<unknown, Lease> = v.object({
  name: v.pipe(
    v.string(),
    v.transform(parseLockName),
    v.custom<LockName>((name) => name !== null),
  ),
  holder: v.nullable(Agent),
  host: v.pipe(v.string(), v.maxLength(255)),
  branch: v.nullable(
    v.pipe(
      v.string(),
      v.check((text) => parseBranchName(text) !== null),
    ),
  ),
  since: Moment,
  expires: Moment,
  reason: v.pipe(v.string(), v.maxLength(LONGEST_REASON)),
  fence: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  offline: v.boolean(),
  takenFrom: v.nullable(Agent),
  // What older versions did not write.
  base: v.optional(v.nullable(ObjectId), null),
  left: v.optional(
    v.pipe(v.array(v.object({ agent: Agent, head: ObjectId })), v.maxLength(MOST_LEFT)),
    [],
  ),
});

function problem(issue: v.BaseIssue<unknown>): string {
  const key = issue.path?.[0]?.key;
  return key === undefined ? 'it is not a JSON object' : `its "${String(key)}" is missing or wrong`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
