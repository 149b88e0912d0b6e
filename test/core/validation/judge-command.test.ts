import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeCommand, judgeCommands } from '../../../src/core/validation/judge-command.ts';
import { treeMoves } from '../../../src/core/validation/tree-moves.ts';
import { parseOid } from '../../../src/domain/refs.ts';
import type { CommandEnd, TreeMoment, ValidationVerdict } from '../../../src/domain/validation.ts';

const END: CommandEnd = {
  code: 0,
  signal: null,
  timedOut: false,
  stopped: null,
  milliseconds: 5,
  leftBehind: 0,
  unended: [],
};
const MINUTE = 60_000;

describe('one command', () => {
  it.each<[string, Partial<CommandEnd>, ValidationVerdict, string | null]>([
    ['ended well', {}, 'pass', null],
    ['left something behind, which was ended', { leftBehind: 3 }, 'pass', null],
    ['said no', { code: 1 }, 'fail', 'exit code 1'],
    ['crashed', { code: null, signal: 'SIGSEGV' }, 'fail', 'ended by SIGSEGV'],
    ['crashed below the shell', { code: 139 }, 'fail', 'exit code 139'],
    [
      'took too long',
      { code: null, signal: 'SIGTERM', timedOut: true },
      'fail',
      'not done after 1m',
    ],
    ['took too long and ended well', { timedOut: true }, 'fail', 'not done after 1m'],
    ['is not there', { code: 127 }, 'undecided', 'the command was not found (exit code 127)'],
    ['is not a program', { code: 126 }, 'undecided', 'the command cannot be run (exit code 126)'],
    ['was killed', { code: null, signal: 'SIGKILL' }, 'undecided', 'ended from outside by SIGKILL'],
    ['was killed below the shell', { code: 137 }, 'undecided', 'ended from outside by SIGKILL'],
    ['was told to end', { code: 143 }, 'undecided', 'ended from outside by SIGTERM'],
    [
      'was told to end by us, and did well',
      { stopped: 'ended by SIGINT' },
      'undecided',
      'ended by SIGINT',
    ],
    ['cannot be ended', { unended: [7, 8] }, 'undecided', 'process 7, 8 could not be ended'],
  ])('%s', (_title, end, verdict, reason) => {
    expect(judgeCommand({ ...END, ...end }, MINUTE)).toEqual({ verdict, reason });
  });

  it('passes by the exit code 0 alone', () => {
    const end = fc.record({
      code: fc.option(fc.nat(255)),
      signal: fc.option(fc.constantFrom('SIGTERM', 'SIGKILL', 'SIGABRT')),
      timedOut: fc.boolean(),
      stopped: fc.option(fc.constant('ended by SIGINT')),
      milliseconds: fc.nat(),
      leftBehind: fc.nat(3),
      unended: fc.array(fc.nat(), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(end, (each) => {
        const { verdict, reason } = judgeCommand(each, MINUTE);
        const clean = !each.timedOut && each.stopped === null && each.unended.length === 0;
        expect(verdict === 'pass').toBe(clean && each.code === 0);
        expect(reason === null).toBe(verdict === 'pass');
      }),
    );
  });
});

const run = (verdict: ValidationVerdict, text = 'c') => ({
  text,
  verdict,
  reason: verdict === 'pass' ? null : 'why',
});

describe('all commands', () => {
  it.each<[string, readonly string[], ReturnType<typeof run>[], string[], string, string | null]>([
    ['every one passed', ['a', 'b'], [run('pass'), run('pass')], [], 'pass', null],
    ['none is there', [], [], [], 'undecided', 'there are no commands to run'],
    ['one failed', ['a'], [run('fail')], [], 'fail', '1 of 1 command failed'],
    [
      'two failed, one said nothing',
      ['a', 'b', 'c'],
      [run('fail'), run('undecided'), run('fail')],
      [],
      'fail',
      '2 of 3 commands failed',
    ],
    [
      'one said nothing',
      ['a', 'b'],
      [run('pass'), run('undecided', 'b')],
      [],
      'undecided',
      'b: why',
    ],
    ['one was not run', ['a', 'b'], [run('pass')], [], 'undecided', 'not every command was run'],
    [
      'the tree changed, whatever they say',
      ['a', 'b'],
      [run('fail'), run('pass')],
      ['f.py'],
      'undecided',
      'what was judged changed meanwhile: f.py',
    ],
  ])('%s', (_title, commands, runs, moved, verdict, reason) => {
    expect(judgeCommands(commands, runs, moved)).toEqual({ verdict, reason });
  });
});

it('names what differs between two moments of a tree', () => {
  const head = parseOid('1'.repeat(40));
  const one: TreeMoment = {
    head,
    branch: 'b',
    changed: new Map([
      ['a', '1'],
      ['b', '1'],
    ]),
  };
  expect(treeMoves(one, { ...one, changed: new Map(one.changed) })).toEqual([]);
  expect(
    treeMoves(one, {
      head: null,
      branch: null,
      changed: new Map([
        ['a', '2'],
        ['c', '1'],
      ]),
    }),
  ).toEqual(['HEAD', 'the branch that is checked out', 'a', 'b', 'c']);
});
