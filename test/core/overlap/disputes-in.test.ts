import { describe, expect, it } from 'vitest';
import { disputesIn } from '../../../src/core/overlap/disputes-in.ts';

const OURS = 'a'.repeat(40);
const THEIRS = 'b'.repeat(40);
const marked = (ours: string, theirs: string, size = 7): string =>
  `${'<'.repeat(size)} ${OURS}\n${ours}${'='.repeat(size)}\n${theirs}${'>'.repeat(size)} ${THEIRS}\n`;

const CASES: readonly [name: string, text: string, ours: string[], theirs: string[]][] = [
  ['one line against one', `x\n${marked('1\n', '2\n')}y\n`, ['1'], ['2']],
  ['a deletion', marked('', '2\n3\n'), [], ['2', '3']],
  ['lines that end as on Windows', marked('1\r\n', '2\r\n'), ['1'], ['2']],
  [
    'markers that an attribute made longer',
    marked('1\n=======\n', '2\n', 9),
    ['1', '======='],
    ['2'],
  ],
  ['what only looks like markers', `<<<<<<< HEAD\n${marked('1\n', '2\n')}`, ['1'], ['2']],
];

describe('disputesIn', () => {
  it.each(CASES)('reads %s', (_name, text, ours, theirs) => {
    expect(disputesIn(text)).toEqual({ disputes: [{ ours, theirs, more: 0 }], more: 0 });
  });

  it.each([
    ['nothing', ''],
    ['a file without markers', '1\n2\n'],
    ['markers that do not end', `<<<<<<< ${OURS}\n1\n=======\n2\n`],
    ['markers without a middle', `<<<<<<< ${OURS}\n1\n>>>>>>> ${THEIRS}\n`],
  ])('finds none in %s', (_name, text) => {
    expect(disputesIn(text)).toEqual({ disputes: [], more: 0 });
  });

  it('says what it leaves out: places, lines, and the rest of a long line', () => {
    const { disputes, more } = disputesIn(
      marked('1\n'.repeat(20), `${'x'.repeat(500)}\n`).repeat(9),
    );
    expect([disputes.length, more]).toEqual([6, 3]);
    expect([disputes[0]!.ours.length, disputes[0]!.more]).toEqual([14, 6]);
    expect(disputes[0]!.theirs[0]).toMatch(/^x{179}…$/);
  });
});
