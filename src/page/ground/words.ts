import { list } from '../../domain/text/count.ts';
import type { Model } from './model.ts';

export { count, number } from '../../domain/text/count.ts';

/** `a, b and 3 more`. */
export const listed = (items: readonly string[], most = 3): string => list(items, most);

export const refs = (model: Model, branches: readonly number[]): string[] =>
  branches.map((at) => model.data.branches[at]!.ref);

/** `lines 6–7, 40`; '' where it is not a matter of lines. */
export function lineWords(lines: readonly (readonly [number, number])[]): string {
  if (lines.length === 0) return '';
  const ranges = lines.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
  const one = lines.length === 1 && lines[0]![0] === lines[0]![1];
  return `${one ? 'line' : 'lines'} ${listed(ranges, 8)}`;
}

/** `2026-03-01 12:30 UTC`. */
export const moment = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
