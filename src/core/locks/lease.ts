import * as v from 'valibot';
import { type LockName, parseLockName } from '../../domain/ids.ts';
import type { Lease, LeaseState } from '../../domain/lock.ts';
import { err, type Result } from '../../domain/result.ts';
import { readWrittenState, type WrittenForm, writtenState } from '../text/written-state.ts';
import { Agent, Branch, Moment, momentText, ObjectId, parsedBy } from '../text/written-values.ts';

export const LONGEST_REASON = 500;
/** Branches that are remembered after their agents gave the lock back, the newest. */
export const MOST_LEFT = 20;
/** Only a forged fence comes so far. It stays there, because the next number would not be one. */
export const LARGEST_FENCE = Number.MAX_SAFE_INTEGER;

/** `state.json` of a lock: one key a line, always in this order, times in ISO 8601 UTC. */
export const serialiseLease = (lease: Lease): string =>
  writtenState({
    name: lease.name,
    holder: lease.holder,
    host: lease.host,
    branch: lease.branch,
    since: momentText(lease.since),
    expires: momentText(lease.expires),
    reason: lease.reason,
    fence: lease.fence,
    offline: lease.offline,
    takenFrom: lease.takenFrom,
    base: lease.base ?? null,
    left: lease.left ?? [],
  });

/** Reads `state.json` back, or says why it is not one that `serialiseLease` could have written. */
export function parseLease(text: string): Result<Lease, string> {
  const read = readWrittenState(text, FORM);
  return read.ok && read.value.expires < read.value.since
    ? err('it expires before it begins')
    : read;
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

const WrittenLease: v.GenericSchema<unknown, Lease> = v.object({
  name: parsedBy<LockName>(parseLockName),
  holder: v.nullable(Agent),
  host: v.pipe(v.string(), v.maxLength(255)),
  branch: v.nullable(Branch),
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

/** Far above what `serialiseLease` can make. */
const FORM: WrittenForm<Lease> = { noun: 'a lease', schema: WrittenLease, longest: 16_384 };
