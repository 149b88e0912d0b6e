import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  leaseState,
  LONGEST_REASON,
  parseLease,
  serialiseLease,
} from '../../../src/core/locks/lease.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import type { Lease } from '../../../src/domain/lock.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';

const lease: Lease = {
  name: 'common' as LockName,
  holder: 'a1' as AgentId,
  host: 'build-1',
  branch: 'feat/a1/x',
  since: Date.UTC(2026, 2, 1, 12),
  expires: Date.UTC(2026, 2, 1, 14),
  reason: 'move the parser',
  fence: 3,
  offline: false,
  takenFrom: null,
  base: null,
  left: [],
};
const text = serialiseLease(lease);
const edited = (change: Record<string, unknown>): string =>
  JSON.stringify({ ...(JSON.parse(text) as object), ...change });

describe('serialiseLease', () => {
  it('writes one key a line, in a fixed order', () => {
    expect(text).toMatchInlineSnapshot(`
      "{
        "version": 1,
        "name": "common",
        "holder": "a1",
        "host": "build-1",
        "branch": "feat/a1/x",
        "since": "2026-03-01T12:00:00.000Z",
        "expires": "2026-03-01T14:00:00.000Z",
        "reason": "move the parser",
        "fence": 3,
        "offline": false,
        "takenFrom": null,
        "base": null,
        "left": []
      }
      "
    `);
  });
});

describe('parseLease', () => {
  it('gives back what was written, whatever the reason and the times', () => {
    const time = fc.integer({ min: 0, max: 8.64e15 - 1 });
    const agent = fc.constantFrom('a1', 'a2', 'z-9').map((id) => id as AgentId);
    const oid = fc.constantFrom('1', 'a').map((digit) => digit.repeat(40) as Oid);
    const anyLease = fc.record<Lease>({
      name: fc.constantFrom('common', 'db_schema').map((name) => name as LockName),
      holder: fc.option(agent),
      host: fc.string({ unit: 'binary', maxLength: 20 }),
      branch: fc.constantFrom(null, 'main', 'feat/a1/ü').map((name) => name as BranchName | null),
      since: time,
      expires: time,
      reason: fc.string({ unit: 'binary', maxLength: 40 }),
      fence: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      offline: fc.boolean(),
      takenFrom: fc.option(agent),
      base: fc.option(oid),
      left: fc.array(fc.record({ agent, head: oid }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(anyLease, (some) => {
        const expires = Math.max(some.since, some.expires);
        const written = { ...some, expires };
        expect(parseLease(serialiseLease(written))).toEqual({ ok: true, value: written });
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it.each([
    ['', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
    ['[]', 'its "version" is missing or wrong'],
    ['{', 'it is not a JSON object'],
    [text.slice(0, -20), 'it is not a JSON object'],
    [`\0${text}`, 'it is not a JSON object'],
    ['{}', 'its "version" is missing or wrong'],
    [edited({ version: 2 }), 'its "version" is missing or wrong'],
    [edited({ name: '../main' }), 'its "name" is missing or wrong'],
    [edited({ holder: undefined }), 'its "holder" is missing or wrong'],
    [edited({ holder: 'A1' }), 'its "holder" is missing or wrong'],
    [edited({ holder: '' }), 'its "holder" is missing or wrong'],
    [edited({ host: 7 }), 'its "host" is missing or wrong'],
    [edited({ branch: '-x' }), 'its "branch" is missing or wrong'],
    [edited({ since: 0 }), 'its "since" is missing or wrong'],
    [edited({ since: '2026-03-01' }), 'its "since" is missing or wrong'],
    [edited({ expires: '2026-02-30T14:00:00.000Z' }), 'its "expires" is missing or wrong'],
    [edited({ expires: '2026-03-01T11:59:59.999Z' }), 'it expires before it begins'],
    [edited({ reason: 'x'.repeat(LONGEST_REASON + 1) }), 'its "reason" is missing or wrong'],
    [edited({ fence: 0 }), 'its "fence" is missing or wrong'],
    [edited({ fence: 1.5 }), 'its "fence" is missing or wrong'],
    [edited({ offline: 'no' }), 'its "offline" is missing or wrong'],
    [edited({ takenFrom: 'human' }), 'its "takenFrom" is missing or wrong'],
    [' '.repeat(20_000), 'it is too long to be a lease'],
  ])('refuses %j', (state, error) => {
    expect(parseLease(state)).toEqual({ ok: false, error });
  });

  it('ignores keys it does not know, and none of them reaches the lease', () => {
    const more = edited({ note: 'later', ['__proto__']: { fence: 9 } });
    expect(parseLease(more)).toEqual({ ok: true, value: lease });
  });
});

describe('leaseState', () => {
  const { expires } = lease;
  it.each<[string, Lease | null, number, number, string]>([
    ['no lease', null, 0, 0, 'free'],
    ['released', { ...lease, holder: null }, lease.since, 0, 'free'],
    ['released, long over', { ...lease, holder: null }, expires * 2, 0, 'free'],
    ['running', lease, lease.since, 0, 'held'],
    ['a millisecond left', lease, expires - 1, 0, 'held'],
    ['on the stroke', lease, expires, 0, 'expired'],
    ['over, within the skew', lease, expires + 59_999, 60_000, 'held'],
    ['over, skew used up', lease, expires + 60_000, 60_000, 'expired'],
    ['a clock that lags behind the holder', lease, lease.since - 5_000, 60_000, 'held'],
  ])('%s', (_, some, now, skew, state) => {
    expect(leaseState(some, now, skew)).toBe(state);
  });
});
