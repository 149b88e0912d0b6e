/**
 * How the program says how many: the same words from every floor. Texts are escaped by the caller.
 */

/** `1 path`, `4,312 paths`. */
export const count = (value: number, noun: string, plural = `${noun}s`): string =>
  `${number(value)} ${value === 1 ? noun : plural}`;

/** `4,312`, the same in every locale. By hand: the first use of `Intl` costs a hook milliseconds. */
export const number = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `a`, `a and b`, `a, b and c`; with `most`, the rest is only counted. */
export function list(items: readonly string[], most = Infinity): string {
  const hidden = Math.max(0, items.length - most);
  const shown = hidden > 0 ? [...items.slice(0, most), `${number(hidden)} more`] : items;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** The verb that goes with so many: `is` or `are`, unless others are named. */
export const verb = (value: number, one = 'is', many = 'are'): string => (value === 1 ? one : many);
