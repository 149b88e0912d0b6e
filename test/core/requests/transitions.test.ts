import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequest, serialiseRequest } from '../../../src/core/requests/parse-request.ts';
import type { RequestDecider, RequestDraft } from '../../../src/core/requests/request-actor.ts';
import { byUrgency, requestRows } from '../../../src/core/requests/row.ts';
import {
  applyRequest,
  declineRequest,
  grantRequest,
  openRequest,
  reopenRequest,
  type RequestTransition,
  withdrawRequest,
} from '../../../src/core/requests/transitions.ts';
import type { AgentId } from '../../../src/domain/ids.ts';
import { decodeRepoPath } from '../../../src/domain/path.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';
import type { AppliedPatch, ChangeRequest } from '../../../src/domain/states/change-request.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 2, 1, 12);
const [a1, a2, a3] = ['a1', 'a2', 'a3'] as AgentId[] as [AgentId, AgentId, AgentId];
const PROPOSAL = '1234567'.padEnd(40, '0') as Oid;
const entry = { mode: '100644', oid: 'e'.repeat(40) as Oid } as const;
const changes = [
  { path: decodeRepoPath(Buffer.from('services/api/api.py')), operation: 'modify', after: entry },
  { path: decodeRepoPath(Buffer.from([0x63, 0xe9, 0x22])), operation: 'delete', after: null },
] as const;
const draft: RequestDraft = {
  id: 'q1234567' as ChangeRequest['id'],
  from: a1,
  to: [a3],
  priority: 2,
  message: 'why',
  branch: 'feat/a1/x' as BranchName,
  proposal: PROPOSAL,
  patch: true,
  withBranch: false,
  changes,
  host: 'build-1',
};
const patch: AppliedPatch = {
  commit: 'c'.repeat(40) as Oid,
  branch: 'feat/a3/y' as BranchName,
  changes,
  stackedOn: null,
};
const at = (now: number) => ({ now, offline: false });
const decider = (agent: AgentId | null, asked = [a3]): RequestDecider => ({
  agent,
  strength: agent && 'bound',
  asked,
});

/** What somebody does with a request, by one word. */
const steps = {
  open: (now: ChangeRequest | null, time: number) => openRequest(now, draft, at(time)),
  apply: (now: ChangeRequest | null, time: number, who: AgentId | null = a3) =>
    applyRequest(now, decider(who), patch, at(time)),
  grant: (now: ChangeRequest | null, time: number, who: AgentId | null = a3) =>
    grantRequest(now, decider(who), time + 2 * HOUR, at(time)),
  decline: (now: ChangeRequest | null, time: number, who: AgentId | null = a3) =>
    declineRequest(now, decider(who), 'no', at(time)),
  withdraw: (now: ChangeRequest | null, time: number, who: AgentId | null = a1) =>
    withdrawRequest(now, { agent: who, strength: 'bound' }, at(time)),
  reopen: (now: ChangeRequest | null, time: number, who: AgentId | null = a1) =>
    reopenRequest(now, { agent: who, strength: 'bound' }, null, at(time)),
};
type Step = keyof typeof steps;

const after = (...done: Step[]): ChangeRequest | null =>
  done.reduce<ChangeRequest | null>((now, step) => {
    const next = steps[step](now, NOON);
    return next.kind === 'move' ? next.state : now;
  }, null);

const summary = (transition: RequestTransition): string => {
  if (transition.kind === 'refuse') return `refuse ${transition.because}`;
  return transition.kind === 'move' ? transition.action : `keep ${transition.state.status}`;
};

describe('the table of docs/requests.md', () => {
  const NOW = NOON + 60_000;
  const LATER = NOON + 3 * HOUR;
  it.each<[string, ChangeRequest | null, number, Record<Step, string>]>([
    ['none', null, NOW, row('opened', 'missing', 'missing', 'missing', 'missing', 'missing')],
    [
      'open',
      after('open'),
      NOW,
      row('keep open', 'applied', 'granted', 'declined', 'withdrawn', 'keep open'),
    ],
    [
      'granted',
      after('open', 'grant'),
      NOW,
      row('keep granted', '!granted', 'granted', 'revoked', 'withdrawn', 'keep granted'),
    ],
    [
      'granted, time over',
      after('open', 'grant'),
      LATER,
      row('!closed', '!expired', '!expired', '!expired', 'withdrawn', 'reopened'),
    ],
    [
      'applied',
      after('open', 'apply'),
      NOW,
      row('keep applied', 'keep applied', '!applied', '!applied', '!applied', '!applied'),
    ],
    [
      'declined',
      after('open', 'decline'),
      NOW,
      row('!closed', '!closed', '!closed', 'keep declined', '!closed', 'reopened'),
    ],
    [
      'withdrawn',
      after('open', 'withdraw'),
      NOW,
      row('!closed', '!closed', '!closed', '!closed', 'keep withdrawn', 'reopened'),
    ],
  ])('a request that is %s', (_what, state, now, expected) => {
    const said = Object.entries(steps).map(([name, step]) => [name, summary(step(state, now))]);
    expect(Object.fromEntries(said)).toEqual(expected);
  });

  function row(...cells: string[]): Record<Step, string> {
    const words = cells.map((cell) =>
      cell.replace(/^!/, 'refuse ').replace(/^missing$/, 'refuse missing'),
    );
    return Object.fromEntries(Object.keys(steps).map((name, n) => [name, words[n]])) as never;
  }
});

describe('who decides', () => {
  const open = after('open');
  it.each<[string, string, RequestTransition]>([
    ['a third agent', 'refuse not-asked', steps.apply(open, NOON, a2)],
    ['the asker', 'refuse own', steps.apply(open, NOON, a1)],
    ['the asker, by a grant', 'refuse own', steps.grant(open, NOON, a1)],
    ['a person', 'applied', steps.apply(open, NOON, null)],
    ['another withdraws', 'refuse not-yours', steps.withdraw(open, NOON, a2)],
    ['another reopens', 'refuse not-yours', steps.reopen(open, NOON, a2)],
    [
      'the owner declines after applying',
      'refuse applied',
      steps.decline(after('open', 'apply'), NOON),
    ],
    [
      'the path has gone to the asker meanwhile',
      'refuse not-asked',
      applyRequest(open, decider(a3, []), patch, at(NOON)),
    ],
    ['leave without a branch', 'refuse no-branch', steps.grant({ ...open!, branch: null }, NOON)],
    [
      'the same by another agent',
      'refuse not-yours',
      openRequest(open, { ...draft, from: a2 }, at(NOON)),
    ],
    [
      'another proposal of the same id',
      'refuse taken',
      openRequest(open, { ...draft, proposal: '12345670'.padEnd(40, '1') as Oid }, at(NOON)),
    ],
  ])('%s: %s', (_what, expected, transition) => {
    expect(summary(transition)).toBe(expected);
  });
});

describe('any sequence of steps', () => {
  const sequence = fc.array(
    fc.record({
      step: fc.constantFrom(...(Object.keys(steps) as Step[])),
      who: fc.constantFrom(a1, a2, a3, null),
      minutes: fc.integer({ min: 0, max: 200 }),
    }),
    { maxLength: 12 },
  );

  it('writes only what reads back, keeps the proposal, and never lets the asker decide', () => {
    fc.assert(
      fc.property(sequence, (all) => {
        let state: ChangeRequest | null = null;
        let now = NOON;
        for (const { step, who, minutes } of all) {
          now += minutes * 60_000;
          const next: RequestTransition = steps[step](state, now, who);
          if (next.kind !== 'move') continue;
          state = next.state;
          expect(parseRequest(serialiseRequest(state))).toEqual({ ok: true, value: state });
          expect(next.parents?.[0]).toBe(PROPOSAL);
          expect(next.subject).toMatch(/^request q1234567 [a-z]+$/);
          if (state.status !== 'withdrawn') expect(state.decided?.by).not.toBe(a1);
          if (state.grant !== null && state.status === 'granted')
            expect(state.grant.until).toBeGreaterThan(state.decided!.at);
        }
      }),
    );
  });

  it('applied stays applied', () => {
    fc.assert(
      fc.property(sequence, (all) => {
        let state = after('open', 'apply')!;
        for (const { step, who } of all) {
          const next: RequestTransition = steps[step](state, NOON, who);
          if (next.kind === 'move') state = next.state;
        }
        expect(state.status).toBe('applied');
      }),
    );
  });
});

describe('parseRequest', () => {
  const text = serialiseRequest(after('open', 'apply')!);
  const changed = (change: (json: Record<string, unknown>) => void): string => {
    const json = JSON.parse(text) as Record<string, unknown>;
    change(json);
    return JSON.stringify(json);
  };
  it.each<[string, string]>([
    ['nothing', ''],
    ['a list', '[]'],
    ['another version', changed((json) => (json['version'] = 2))],
    ['an id of another proposal', changed((json) => (json['id'] = 'q7654321'))],
    ['applied without a commit', changed((json) => (json['applied'] = null))],
    ['open, and decided', changed((json) => (json['status'] = 'open'))],
    ['granted without a grant', changed((json) => (json['status'] = 'granted'))],
    ['a priority of its own', changed((json) => (json['priority'] = 4))],
    ['no path', changed((json) => (json['changes'] = []))],
    [
      'a path twice',
      changed(
        (json) =>
          (json['changes'] = [...(json['changes'] as []), (json['changes'] as unknown[])[0]]),
      ),
    ],
    [
      'a path of nothing',
      changed((json) => ((json['changes'] as { path: string }[])[0]!.path = '')),
    ],
    [
      'a directory',
      changed((json) => ((json['changes'] as { mode: string }[])[0]!.mode = '040000')),
    ],
    [
      'a moment of another form',
      changed((json) => ((json['opened'] as { at: string }).at = 'noon')),
    ],
    ['too long', ' '.repeat(1_000_001)],
  ])('refuses %s', (_what, bad) => {
    expect(parseRequest(bad).ok).toBe(false);
  });
});

describe('a queue', () => {
  const one = (id: string, priority: 0 | 1 | 2 | 3, hours: number) => ({
    request: {
      ...after('open')!,
      id: id as ChangeRequest['id'],
      priority,
      opened: { at: NOON + hours * HOUR, host: '' },
    },
    place: { asked: [a3], queues: ['migrations'], own: false },
    sync: null,
  });
  const placed = [one('qd', 2, 0), one('qb', 1, 5), one('qc', 2, -300), one('qa', 2, 0)];

  it('is in the order of priority, age and id, whatever order it is read in', () => {
    const rows = requestRows([...placed].reverse(), NOON + 6 * HOUR, 7 * 24 * HOUR);
    expect(
      rows.map(({ request, queues }) => [request.id, queues[0]!.place, queues[0]!.of]),
    ).toEqual([
      ['qb', 1, 4],
      ['qc', 2, 4],
      ['qa', 3, 4],
      ['qd', 4, 4],
    ]);
    expect(rows.map(({ overdue }) => overdue)).toEqual([false, true, false, false]);
    expect(byUrgency(placed[0]!.request, placed[0]!.request)).toBe(0);
  });

  it('has no place for what is decided, moot or ended', () => {
    const rows = requestRows(
      [
        {
          ...placed[0]!,
          request: { ...after('open', 'grant')!, opened: placed[0]!.request.opened },
        },
        { ...placed[1]!, place: { asked: [], queues: [], own: true } },
      ],
      NOON + 5 * HOUR,
      HOUR,
    );
    expect(rows.map(({ standing, queues, overdue }) => [standing, queues, overdue])).toEqual([
      ['moot', [], false],
      ['expired', [], false],
    ]);
  });
});
