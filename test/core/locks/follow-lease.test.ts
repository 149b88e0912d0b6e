import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUnderLock } from '../../../src/core/locks/made-under-lock.ts';
import { followedState, followLease, leaseFor } from '../../../src/core/locks/follow-lease.ts';
import { freeLease } from '../../../src/core/locks/transitions.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import type { Lease, OpenWork } from '../../../src/domain/lock.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 2, 1, 12);
const part = { ttl: 2 * HOUR, review: 72 * HOUR };
const lease = (holder: string | null, since: number, expires = since + part.ttl): Lease => ({
  ...freeLease('common' as LockName, { now: since, offline: false }),
  holder: holder as AgentId | null,
  expires,
});
const open = (newest: number): OpenWork => ({
  branch: 'feat/a1/x' as BranchName,
  head: 'a'.repeat(40) as Oid,
  newest,
});

describe('a lease that follows the work', () => {
  it('lasts as it says while nothing is committed, and for a review after a commit', () => {
    const end = (...work: OpenWork[]): number =>
      followLease(lease('a1', NOON), { open: work, landed: false }, part).lease.expires - NOON;
    expect(end()).toBe(part.ttl);
    expect(end(open(NOON + HOUR))).toBe(HOUR + part.review);
    expect(end(open(NOON + HOUR), open(NOON + 5 * HOUR))).toBe(5 * HOUR + part.review);
    // What was committed before this lease is not of this lease; git keeps whole seconds.
    expect(end(open(NOON - HOUR))).toBe(part.ttl);
    expect(end(open(NOON - 900))).toBe(part.review - 900);
  });

  it('is free for others once the work has landed, and for its holder when it ends', () => {
    const landed = followLease(lease('a1', NOON), { open: [], landed: true }, part);
    expect(followedState(landed, NOON, 0)).toBe('landed');
    expect(leaseFor('a2', landed).holder).toBeNull();
    expect(leaseFor('a1', landed).holder).toBe('a1');
    const more = followLease(lease('a1', NOON), { open: [open(NOON)], landed: true }, part);
    expect(followedState(more, NOON, 0)).toBe('held');
    expect(
      followedState(followLease(lease(null, NOON), { open: [], landed: true }, part), NOON, 0),
    ).toBe('free');
  });
});

describe('what was committed under a lock', () => {
  const at = (committed: number, authored = committed) => ({ committed, authored });
  const made = (history: readonly Lease[], ...moments: ReturnType<typeof at>[]): boolean[] => {
    const under = madeUnderLock(history, 'a1' as AgentId, moments, part);
    return moments.map((moment) => under.has(moment));
  };
  const given = [lease(null, NOON + HOUR), lease('a1', NOON)];
  const taken = [lease('a2', NOON + HOUR), lease('a1', NOON)];

  it.each([
    ['while it was held', given, at(NOON + 1000), true],
    ['in the second in which it was taken', given, at(NOON), true],
    ['before', given, at(NOON - HOUR), false],
    ['after it was given back', given, at(NOON + 2 * HOUR), false],
    ['after another took it', taken, at(NOON + 2 * HOUR), false],
    ['rebased while it was held, made before', given, at(NOON + 1000, NOON - HOUR), true],
    ['rebased after it was given back', given, at(NOON + 2 * HOUR, NOON + 1000), false],
    ['by somebody else’s lease', [lease('a2', NOON)], at(NOON + 1000), false],
    ['after a lease that nobody took has ended', [lease('a1', NOON)], at(NOON + 9 * HOUR), false],
    ['rebased then', [lease('a1', NOON)], at(NOON + 9 * HOUR, NOON + 1000), true],
  ] as const)('%s', (_, history, moment, expected) => {
    expect(made(history, moment)).toEqual([expected]);
  });

  it('commits put off the end for those that follow', () => {
    const far = at(NOON + 60 * HOUR);
    expect(made([lease('a1', NOON)], far)).toEqual([false]);
    expect(made([lease('a1', NOON)], far, at(NOON + HOUR))).toEqual([true, true]);
    // But never beyond somebody else's turn, however often the lease was renewed before it.
    const renewed = [lease('a2', NOON + 180_000), lease('a1', NOON + 120_000), lease('a1', NOON)];
    expect(made(renewed, at(NOON + 60_000), at(NOON + 180_000))).toEqual([true, false]);
    expect(made(taken, far, at(NOON + HOUR / 2))).toEqual([false, true]);
  });

  it('never counts what was made while another had it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            who: fc.constantFrom('a1', 'a2', null),
            gap: fc.integer({ min: 1, max: 200 }),
          }),
          {
            minLength: 1,
            maxLength: 8,
          },
        ),
        fc.integer({ min: 0, max: 1000 }),
        (steps, when) => {
          let now = NOON;
          const states = steps.map(({ who, gap }) => lease(who, (now += gap * 60_000)));
          const moment = NOON + when * 60_000;
          const present = states.findLast(({ since }) => since <= moment);
          const [counted] = made([...states].reverse(), at(moment));
          if (present?.holder === 'a2') expect(counted).toBe(false);
        },
      ),
    );
  });
});
