import { describe, expect, it } from 'vitest';
import { frameOf } from '../../src/cli/live-screen.ts';

/** What a terminal shows after the frame: its rows, from the top. */
const shown = (frame: string): string[] => {
  expect(frame.startsWith('\x1b[H')).toBe(true);
  expect(frame.endsWith('\x1b[J')).toBe(true);
  return frame.slice('\x1b[H'.length, -'\x1b[J'.length).split('\n');
};
const rows = (lines: number): string =>
  Array.from({ length: lines }, (_, at) => `row ${at}\n`).join('');

describe('frameOf', () => {
  it('draws every line over the last frame, and clears what is left of it', () => {
    expect(shown(frameOf('a\nb\n', 'Ctrl-C ends', 80, 24))).toEqual([
      'a\x1b[K',
      'b\x1b[K',
      '\x1b[K',
      'Ctrl-C ends\x1b[K',
    ]);
  });

  it('never scrolls: what does not fit is counted', () => {
    const lines = shown(frameOf(rows(30), 'Ctrl-C ends', 80, 10));
    expect(lines).toHaveLength(10);
    expect(lines.slice(7)).toEqual([
      'row 7\x1b[K',
      '\x1b[K',
      '22 more lines below the screen; Ctrl-C ends\x1b[K',
    ]);
    expect(shown(frameOf(rows(8), 'end', 80, 10)).at(-1)).toBe('end\x1b[K');
    expect(shown(frameOf(rows(9), 'end', 80, 10)).at(-1)).toBe(
      '1 more line below the screen; end\x1b[K',
    );
  });

  it('counts a long line as the rows it fills, colours not', () => {
    const long = `${'x'.repeat(81)}\n`;
    expect(shown(frameOf(long.repeat(3), 'end', 80, 7))).toHaveLength(4);
    const painted = `\x1b[31m${'x'.repeat(80)}\x1b[39m\n`;
    expect(shown(frameOf(painted.repeat(5), 'end', 80, 7)).at(-1)).toBe('end\x1b[K');
  });

  it('shows something on the smallest terminal', () => {
    expect(shown(frameOf(rows(3), 'end', 80, 1))[0]).toBe('row 0\x1b[K');
  });
});
