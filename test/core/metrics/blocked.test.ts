import { describe, expect, it } from 'vitest';
import { blockedSpans, type PastStates } from '../../../src/core/metrics/blocked.ts';
import { refusalFigures, refusalLines, parseRefusals } from '../../../src/core/metrics/refusals.ts';
import type { AgentId, LockName } from '../../../src/domain/ids.ts';
import type { Lease } from '../../../src/domain/lock.ts';
import type { Turn } from '../../../src/domain/states/turn.ts';

const told = (agent: string, at: number, code = 'lock-held', rule = 'shared.common', by = 'lock') =>
  parseRefusals(
    refusalLines([{ code, severity: 'error', agent, rule, message: '' } as never], {
      at,
      by,
      agent: agent as AgentId,
    }),
  );

const lease = (holder: string | null, since: number, expires = 1000): Lease =>
  ({ name: 'common', holder, since, expires }) as Lease;

const NOTHING: PastStates = { leases: new Map(), after: new Map(), turns: new Map() };

describe('time blocked by a lock', () => {
  const leases: Readonly<Record<string, Lease[]>> = {
    'given back': [lease('a1', 10), lease(null, 50, 50)],
    'taken by the one that waits': [lease('a1', 10), lease('a2', 60)],
    'run out': [lease('a1', 10, 70)],
    'over, and left alone for a moment': [lease('a1', 10, 19)],
    'renewed, then given back': [lease('a1', 10, 70), lease('a1', 10, 150), lease(null, 80, 80)],
    'renewed, then run out': [lease('a1', 10, 70), lease('a1', 10, 90)],
    'passed on to a third': [lease('a1', 10), lease('a3', 50), lease(null, 95, 95)],
    'still held, until its lease ends': [lease('a1', 10)],
  };
  it.each([
    ['given back', 50],
    ['taken by the one that waits', 60],
    ['run out', 70],
    ['over, and left alone for a moment', 20],
    ['renewed, then given back', 80],
    ['renewed, then run out', 90],
    ['passed on to a third', 95],
    ['still held, until its lease ends', 1000],
  ])('ends when the lock is %s', (what, to) => {
    const past = { ...NOTHING, leases: new Map([['common' as LockName, leases[what]!]]) };
    expect(blockedSpans('locks', told('a2', 20), past)).toEqual({
      spans: [{ from: 20, to }],
      unknown: 0,
    });
  });

  it('is counted once for an agent, whatever it is told meanwhile, and for each agent', () => {
    const past: PastStates = {
      ...NOTHING,
      leases: new Map([
        ['common' as LockName, [lease('a1', 10), lease(null, 50, 50), lease('a1', 70)]],
        ['other' as LockName, [lease('a1', 10), lease(null, 60, 60)]],
      ]),
    };
    const refusals = [
      ...told('a2', 30),
      ...told('a2', 20),
      ...told('a2', 45, 'lock-held', 'shared.other.paths[0]', 'pre-commit'),
      ...told('a3', 40),
      ...told('a2', 80),
      ...told('a2', 90),
      // Whoever only has to take it is not kept from anything.
      ...told('a2', 55, 'lock-needed'),
    ];
    expect(blockedSpans('locks', refusals, past).spans).toEqual([
      { from: 20, to: 60 },
      { from: 40, to: 50 },
      { from: 80, to: 1000 },
    ]);
  });

  it('is not known where no state says so', () => {
    const refusals = [...told('a2', 20), ...told('a2', 25, 'lock-held', 'shared.gone')];
    expect(blockedSpans('locks', refusals, NOTHING)).toEqual({ spans: [], unknown: 2 });
    const past = { ...NOTHING, leases: new Map([['common' as LockName, [lease('a1', 30)]]]) };
    expect(blockedSpans('locks', told('a2', 20), past).unknown).toBe(1);
  });
});

describe('time blocked by a phase', () => {
  const a2 = 'a2' as AgentId;
  const after = (...states: (readonly (readonly [number, number | null])[])[]): PastStates => ({
    ...NOTHING,
    after: new Map([[a2, states.map((each) => each.map(([at, opened]) => ({ at, opened })))]]),
  });
  const closed = told('a2', 20, 'phase-closed', 'agents.a2.after');
  it.each<[string, PastStates, number | null | undefined]>([
    ['the one before passes', after([[40, 40]]), 40],
    ['all before have passed', after([[10, 10]], [[25, null], [60, 60]], [[40, 40]]), 60], // prettier-ignore
    ['what was handed off has landed', after([[10, 70]]), 70],
    ['nobody has', after([[10, null]]), null],
    ['what is in the way is not known', after([[10, 10]]), undefined],
  ])('ends when %s', (_, past, to) => {
    expect(blockedSpans('phases', closed, past)).toEqual(
      to === undefined ? { spans: [], unknown: 1 } : { spans: [{ from: 20, to }], unknown: 0 },
    );
  });

  it('ends when the other lets go of the turn', () => {
    const turn = (holder: string | null, since: number) => ({ holder, since }) as Turn;
    const past = (...turns: Turn[]) => ({ ...NOTHING, turns: new Map([[a2, [turns]]]) });
    const apart = told('a2', 20, 'phase-closed', 'agents.a2.not_with');
    const spans = (...turns: Turn[]) => blockedSpans('phases', apart, past(...turns)).spans;
    expect(spans(turn('a1', 10), turn(null, 30), turn('a1', 40))).toEqual([{ from: 20, to: 30 }]);
    expect(spans(turn('a1', 10))).toEqual([{ from: 20, to: null }]);
    expect(spans(turn('a2', 10))).toEqual([]);
  });
});

it('whoever waits until a lock is free was not refused', () => {
  const refusals = [...told('a2', 20), ...told('a2', 30, 'lock-held', 'shared.common', 'wait')];
  expect(refusalFigures(refusals, { since: 0, until: 99 })).toMatchObject([{ count: 1 }]);
});
