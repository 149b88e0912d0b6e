import type { PortRange } from '../../domain/ids.ts';

/**
 * Where worktrees get ports that the policy gives none: above what programs are assigned to, below
 * what systems hand out for a moment (from 32768 on; RFC 6335, and each system's own settings).
 */
const POOL: PortRange = { first: 20_000, last: 29_999 };
const SIZE = 10;
const BLOCKS = (POOL.last - POOL.first + 1) / SIZE;

/**
 * A range of ten ports that overlaps none of `taken`; null when there is none left.
 *
 * @param start where to begin to look, any whole number: repositories that begin in different places
 *   rarely meet, though none knows of the others.
 */
export function proposeRange(taken: readonly PortRange[], start: number): PortRange | null {
  for (let tried = 0; tried < BLOCKS; tried += 1) {
    const first = POOL.first + ((start + tried) % BLOCKS) * SIZE;
    const range = { first, last: first + SIZE - 1 };
    if (!taken.some((other) => overlaps(range, other))) return range;
  }
  return null;
}

export const overlaps = (a: PortRange, b: PortRange): boolean =>
  a.first <= b.last && b.first <= a.last;

/** The ports of a range, at most `most` of them. */
export const portsOf = ({ first, last }: PortRange, most = Infinity): number[] =>
  Array.from({ length: Math.min(last - first + 1, most) }, (_, index) => first + index);

/** `8080-8099`, or `8080` for a single port. */
export const formatRange = ({ first, last }: PortRange): string =>
  first === last ? String(first) : `${first}-${last}`;
