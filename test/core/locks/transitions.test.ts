import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLease, serialiseLease } from '../../../src/core/locks/lease.ts';
import {
  acquireLock,
  type LockRequest,
  type LockTransition,
  releaseLock,
  renewLock,
} from '../../../src/core/locks/transitions.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import { CLOCK_GRACE, type Lease } from '../../../src/domain/lock.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1, 12);

const request = (agent: string, more: Partial<LockRequest> = {}): LockRequest => ({
  name: 'common' as LockName,
  agent: agent as AgentId,
  host: `host-${agent}`,
  branch: null,
  reason: null,
  ttl: 2 * HOUR,
  now: START,
  offline: false,
  ...more,
});

/** Held by a1 on host-a1 from 12:00 to 14:00 under fence 3. */
const held: Lease = {
  name: 'common' as LockName,
  holder: 'a1' as AgentId,
  host: 'host-a1',
  branch: 'feat/a1/x',
  since: START,
  expires: START + 2 * HOUR,
  reason: 'move the parser',
  fence: 3,
  offline: false,
  takenFrom: null,
};
const free: Lease = { ...held, holder: null, expires: START };

const summary = (transition: LockTransition): string => {
  if (transition.kind === 'refuse') return `refuse ${transition.because}`;
  const { holder, fence, takenFrom } = transition.state ?? {
    holder: null,
    fence: 0,
    takenFrom: null,
  };
  const action = transition.kind === 'move' ? transition.action : 'keep';
  return `${action} ${holder}#${fence}${takenFrom ? ` from ${takenFrom}` : ''}`;
};

const over = (by: number): Partial<LockRequest> => ({ now: held.expires + by });

describe('acquireLock', () => {
  it.each<[string, Lease | null, LockRequest, boolean, string]>([
    ['never taken', null, request('a1'), false, 'acquired a1#1'],
    ['released', free, request('a2'), false, 'acquired a2#4'],
    ['released by the same agent', free, request('a1'), false, 'acquired a1#4'],
    ['own', held, request('a1'), false, 'keep a1#3'],
    ['own, on another host', held, request('a1', { host: 'elsewhere' }), false, 'keep a1#3'],
    ['own, with --steal', held, request('a1'), true, 'keep a1#3'],
    ['own, over', held, request('a1', over(0)), false, 'acquired a1#3'],
    ["another's", held, request('a2'), false, 'refuse held'],
    ["another's, with --steal", held, request('a2'), true, 'refuse held'],
    [
      "another's, over, in the grace",
      held,
      request('a2', over(CLOCK_GRACE - 1)),
      true,
      'refuse held',
    ],
    [
      "another's, over, no --steal",
      held,
      request('a2', over(CLOCK_GRACE)),
      false,
      'refuse expired',
    ],
    ["another's, over", held, request('a2', over(CLOCK_GRACE)), true, 'stolen a2#4 from a1'],
    [
      "another's, over, same host and so same clock",
      held,
      request('a2', { ...over(0), host: 'host-a1' }),
      true,
      'stolen a2#4 from a1',
    ],
    ["another's, asked by a clock that lags", held, request('a2', { now: 0 }), true, 'refuse held'],
  ])('%s', (_, current, asked, steal, expected) => {
    expect(summary(acquireLock(current, asked, steal))).toBe(expected);
  });

  it('writes who, where, why and how long', () => {
    const asked = request('a2', { branch: 'feat/a2/y', reason: 'add a field', offline: true });
    expect(acquireLock(free, asked, false)).toEqual({
      kind: 'move',
      action: 'acquired',
      subject: 'lock common acquired by a2',
      state: {
        name: 'common',
        holder: 'a2',
        host: 'host-a2',
        branch: 'feat/a2/y',
        since: START,
        expires: START + 2 * HOUR,
        reason: 'add a field',
        fence: 4,
        offline: true,
        takenFrom: null,
        base: null,
        left: [],
      },
    });
  });
});

describe('renewLock', () => {
  it.each<[string, Lease | null, LockRequest, string]>([
    ['own', held, request('a1', { now: START + HOUR }), 'renewed a1#3'],
    ['own, over', held, request('a1', over(HOUR)), 'renewed a1#3'],
    ["another's", held, request('a2'), 'refuse held'],
    ["another's, over", held, request('a2', over(CLOCK_GRACE)), 'refuse expired'],
    ['released', free, request('a1'), 'refuse free'],
    ['never taken', null, request('a1'), 'refuse free'],
  ])('%s', (_, current, asked, expected) => {
    expect(summary(renewLock(current, asked))).toBe(expected);
  });

  it('lasts from now, and keeps since, reason and where it was taken from', () => {
    const stolen: Lease = { ...held, takenFrom: 'a2' as AgentId };
    const renewed = renewLock(stolen, request('a1', { now: START + HOUR, ttl: HOUR / 2 }));
    expect(renewed).toMatchObject({
      state: {
        since: START,
        expires: START + 1.5 * HOUR,
        reason: 'move the parser',
        takenFrom: 'a2',
      },
    });
    expect(renewLock(held, request('a1', { reason: 'more to do' }))).toMatchObject({
      state: { reason: 'more to do' },
    });
  });

  it('never ends before it begins, though the clock of another host lags', () => {
    const renewed = renewLock(held, request('a1', { now: START - 5 * HOUR }));
    expect(renewed).toMatchObject({
      state: { since: START - 5 * HOUR, expires: START - 3 * HOUR },
    });
  });
});

describe('releaseLock', () => {
  it.each<[string, Lease | null, LockRequest, string]>([
    ['own', held, request('a1'), 'released null#3'],
    ['own, over', held, request('a1', over(HOUR)), 'released null#3'],
    ["another's", held, request('a2'), 'refuse held'],
    ["another's, over", held, request('a2', over(CLOCK_GRACE)), 'refuse expired'],
    ['released', free, request('a1'), 'keep null#3'],
    ['never taken', null, request('a1'), 'keep null#0'],
  ])('%s', (_, current, asked, expected) => {
    expect(summary(releaseLock(current, asked))).toBe(expected);
  });
});

describe('any history', () => {
  const step = fc.record({
    verb: fc.constantFrom('acquire', 'steal', 'renew', 'release'),
    agent: fc.constantFrom('a1', 'a2', 'a3'),
    host: fc.constantFrom('h1', 'h2'),
    ttl: fc.integer({ min: 1, max: 4 * HOUR }),
    // Clocks drift, jump and go backwards.
    clock: fc.integer({ min: -HOUR, max: 3 * HOUR }),
  });
  const apply = (verb: string, current: Lease | null, asked: LockRequest): LockTransition => {
    if (verb === 'renew') return renewLock(current, asked);
    if (verb === 'release') return releaseLock(current, asked);
    return acquireLock(current, asked, verb === 'steal');
  };

  it('has one holder at a time, no lease taken before its end, and fences that tell holders apart', () => {
    const histories = fc.array(step, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(histories, (steps) => {
        let current: Lease | null = null;
        let now = START;
        const holderOf = new Map<number, string>();
        for (const { verb, agent, host, ttl, clock } of steps) {
          now += clock;
          const before: Lease | null = current;
          const moved = apply(verb, before, request(agent, { host, ttl, now }));
          if (moved.kind !== 'move') continue;
          const after = moved.state;
          const changed = after.holder !== null && after.holder !== (before?.holder ?? null);
          expect(after.fence).toBe((before?.fence ?? 0) + (changed ? 1 : 0));
          if (changed && before !== null && before.holder !== null) {
            expect(verb).toBe('steal');
            expect(after.takenFrom).toBe(before.holder);
            const grace = before.host === host ? 0 : CLOCK_GRACE;
            expect(now).toBeGreaterThanOrEqual(before.expires + grace);
          }
          if (after.holder !== null) {
            expect(holderOf.get(after.fence) ?? after.holder).toBe(after.holder);
            holderOf.set(after.fence, after.holder);
          }
          expect(parseLease(serialiseLease(after))).toEqual({ ok: true, value: after });
          current = after;
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
