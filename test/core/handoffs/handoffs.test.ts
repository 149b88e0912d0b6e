import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHandoff, serialiseHandoff } from '../../../src/core/handoffs/parse-handoff.ts';
import { recordHandoff, rollBackHandoff } from '../../../src/core/handoffs/transitions.ts';
import {
  handoffObstacle,
  hasPhase,
  keptApart,
  type PassPlace,
  type PhaseObstacle,
} from '../../../src/core/phases/phase-blocker.ts';
import { phaseMatrix } from '../../../src/core/phases/phase-matrix.ts';
import { parseTurn, serialiseTurn } from '../../../src/core/phases/parse-turn.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { parseAgentId } from '../../../src/domain/ids.ts';
import { parseBranchName, parseOid } from '../../../src/domain/refs.ts';
import type { Handoff, HandoffRun } from '../../../src/domain/states/handoff.ts';
import { ownershipOf } from '../../support/policy.ts';

const agent = parseAgentId('a1')!;
const branch = parseBranchName('feat/a1/x')!;
const oid = (digit: number) => parseOid(digit.toString(16).repeat(40))!;
const run = (verdict: HandoffRun['verdict'], commit = 1): HandoffRun => ({
  verdict,
  reason: verdict === 'pass' ? null : 'why',
  commit: oid(commit),
  tree: oid(9),
  base: oid(8),
  digest: 'd',
  commands: [
    { text: 't', verdict, code: 0, signal: null, timedOut: false, milliseconds: 3, log: 'l' },
  ],
  at: 1_000_000 + commit,
  host: 'h',
  strength: 'bound',
});
const moment = { now: 5_000_000, offline: false };

/** One thing that happens to a handoff; null where it comes to nothing. */
type Event = { run: HandoffRun } | { tip: number; hasPass: boolean };
function apply(state: Handoff | null, event: Event): Handoff | null {
  const transition =
    'run' in event
      ? recordHandoff(state, { agent, branch, run: event.run }, moment)
      : rollBackHandoff(state, { tip: oid(event.tip), hasPass: event.hasPass }, moment);
  return transition.kind === 'refuse' ? state : transition.state;
}
const verdicts = fc.constantFrom<HandoffRun['verdict']>('pass', 'fail', 'undecided');
const events = fc.array(
  fc.oneof(
    fc.record({ run: fc.tuple(verdicts, fc.nat(7)).map(([verdict, at]) => run(verdict, at)) }),
    fc.record({ tip: fc.nat(7), hasPass: fc.boolean() }),
  ),
  { maxLength: 12 },
);

describe('a handoff', () => {
  it('has as its pass the last run that passed, whatever came after', () => {
    fc.assert(
      fc.property(events, (all) => {
        const state = all.reduce(apply, null);
        const runs = all.flatMap((event) => ('run' in event ? [event.run] : []));
        expect(state?.last ?? null).toEqual(runs.at(-1) ?? null);
        const passed = runs.findLast(({ verdict }) => verdict === 'pass');
        expect(state?.passed?.commit).toBe(passed?.commit);
      }),
    );
  });

  it('reads back as it was written, in every state it can come to', () => {
    fc.assert(
      fc.property(events, (all) => {
        const state = all.reduce(apply, null);
        if (state !== null)
          expect(parseHandoff(serialiseHandoff(state))).toEqual({ ok: true, value: state });
      }),
    );
  });

  it('keeps what it speaks of: the judged commit, the pass and the tip that was taken back', () => {
    const failed = apply(apply(null, { run: run('pass', 1) }), { run: run('fail', 2) });
    const back = rollBackHandoff(failed, { tip: oid(2), hasPass: true }, moment);
    expect(back).toMatchObject({ kind: 'move', action: 'rolled-back', parents: [oid(2), oid(1)] });
  });

  it.each([
    ['nothing has passed', null, { tip: oid(1), hasPass: true }, 'no-pass'],
    ['only a failure is there', run('fail'), { tip: oid(1), hasPass: true }, 'no-pass'],
    ['the pass was rewritten away', run('pass', 1), { tip: oid(2), hasPass: false }, 'gone'],
  ])('is not rolled back where %s', (_title, last, at, because) => {
    const state = last && apply(null, { run: last });
    expect(rollBackHandoff(state, at, moment)).toEqual({ kind: 'refuse', because });
  });

  it.each([
    ['no text', ''],
    ['another version', '{"version":2}'],
    [
      'a pass that is none',
      serialiseHandoff({ ...apply(null, { run: run('pass') })!, passed: null }),
    ],
    ['too much', ' '.repeat(2_000_000)],
  ])('that cannot be read is no handoff: %s', (_title, text) => {
    expect(parseHandoff(text).ok).toBe(false);
  });
});

describe('what opens a phase', () => {
  const passed = apply(null, { run: run('pass') });
  const later = apply(passed, { run: run('fail', 2) });
  it.each<
    [
      string,
      Handoff | Failure | null,
      PassPlace | null,
      Partial<{ digest: string; can: boolean }>,
      PhaseObstacle | null,
      PhaseObstacle | null,
    ]
  >([
    ['a pass on its branch', passed, 'branch', {}, null, 'not-landed'],
    ['a pass that was amended, the same tree', passed, 'tree', {}, null, 'not-landed'],
    ['a pass that landed', passed, 'base', {}, null, null],
    ['a pass before a failure', later, 'branch', {}, null, 'not-landed'],
    ['a pass that was rewritten away', passed, 'gone', {}, 'gone', 'gone'],
    ['a pass of other commands', passed, 'branch', { digest: 'e' }, 'stale', 'stale'],
    ['only a failure', apply(null, { run: run('fail') }), null, {}, 'failed', 'failed'],
    ['only what was undecided', apply(null, { run: run('undecided') }), null, {}, 'never', 'never'],
    ['nothing yet', null, null, {}, 'never', 'never'],
    ['nothing, and no commands', null, null, { can: false }, 'no-commands', 'no-commands'],
    ['what cannot be read', new Failure('policy', 'x'), null, {}, 'unreadable', 'unreadable'],
  ])('%s', (_title, reading, place, { digest = 'd', can = true }, whenPassed, whenLanded) => {
    const facts = { canHandOff: can, digest, reading, place };
    expect(handoffObstacle(facts, 'passed')).toBe(whenPassed);
    expect(handoffObstacle(facts, 'landed')).toBe(whenLanded);
  });

  const policy = ownershipOf(`version: 1
agents:
  a1: { owns: ['a/**'], validate: ['true'] }
  a2: { owns: ['b/**'], after: [a1], validate: ['true'] }
  a3: { owns: ['c/**'], after: [a2] }
  a4: { owns: ['d/**'], not_with: [a1] }
`);
  it('is shown for every two agents, both ways and by way of others', () => {
    expect(phaseMatrix(policy).map(({ a, b, reason }) => `${a}${b} ${reason ?? 'yes'}`)).toEqual([
      'a1a2 a2 comes after a1',
      'a1a3 a3 comes after a1',
      'a1a4 not_with',
      'a2a3 a3 comes after a2',
      'a2a4 yes',
      'a3a4 yes',
    ]);
    const ids = ['a1', 'a2', 'a3', 'a4'].map((id) => parseAgentId(id)!);
    expect(ids.map((id) => keptApart(policy, id))).toEqual([[ids[3]], [], [], [ids[0]]]);
    expect(ids.map((id) => hasPhase(policy, id))).toEqual([true, true, true, true]);
    expect(hasPhase(ownershipOf(), ids[0]!)).toBe(false);
  });
});

it('a turn reads back, and is of two agents and one of them', () => {
  const [a1, a4] = [agent, parseAgentId('a4')!];
  const turn = { pair: [a1, a4] as const, holder: a4, task: '16', since: 1_000, offline: true };
  expect(parseTurn(serialiseTurn(turn))).toEqual({ ok: true, value: turn });
  for (const wrong of [
    { ...turn, holder: parseAgentId('a2')! },
    { ...turn, pair: [a4, a1] as const },
    { ...turn, pair: [a1, a1] as const },
  ])
    expect(parseTurn(serialiseTurn(wrong)).ok).toBe(false);
});
