import type { Model } from './model.ts';

/** `1 file`, `4,312 files`. */
export const count = (value: number, noun: string, plural = `${noun}s`): string =>
  `${grouped(value)} ${value === 1 ? noun : plural}`;

/** `4,312`, the same for every reader. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `a, b and 3 more`. */
export function listed(items: readonly string[], most = 3): string {
  const shown = items.slice(0, most);
  const hidden = items.length - shown.length;
  const all = hidden > 0 ? [...shown, `${grouped(hidden)} more`] : shown;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

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
