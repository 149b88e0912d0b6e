import type { Hunk } from '../../domain/footprint.ts';
import type { LineRange } from '../../domain/reports/overlap.ts';

/**
 * True when git would not merge the two: their old lines overlap or are adjacent. An insertion has no
 * lines and touches what is before and after it. Source: xdiff/xmerge.c, `xdl_do_merge`.
 */
export const hunksTouch = (a: Hunk, b: Hunk): boolean =>
  Math.max(a.start, b.start) <= Math.min(a.end, b.end);

/** Whether any two hunks of two lists touch. Both are sorted, as git prints them. */
export function anyHunksTouch(a: readonly Hunk[], b: readonly Hunk[]): boolean {
  return !touchingPairs(a, b).next().done;
}

/** The disputed lines of the old file, joined where they meet. The same edit made twice is not a dispute. */
export function disputedLines(a: readonly Hunk[], b: readonly Hunk[]): LineRange[] {
  const spans: { start: number; end: number }[] = [];
  for (const [first, second] of touchingPairs(a, b)) {
    if (sameEdit(first, second)) continue;
    const start = Math.min(first.start, second.start);
    const end = Math.max(first.end, second.end);
    const last = spans.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans.map(({ start, end }) => {
    const last = Math.max(end - 1, 1);
    return [Math.min(start, last), last];
  });
}

const sameEdit = (a: Hunk, b: Hunk): boolean =>
  a.start === b.start && a.end === b.end && a.text === b.text;

function* touchingPairs(
  a: readonly Hunk[],
  b: readonly Hunk[],
): Generator<[Hunk, Hunk], void, undefined> {
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const first = a[i]!;
    const second = b[j]!;
    if (hunksTouch(first, second)) yield [first, second];
    if (first.end <= second.end) i += 1;
    else j += 1;
  }
}
