import type { PrefixSearch } from '../../domain/states/landing-journal.ts';

/** Nothing is known: the base is tried first, so that nobody is blamed for what it fails itself. */
export const NOTHING_KNOWN: PrefixSearch = { green: null, red: null };

/** What comes next. */
export type SearchStep =
  /** `again`: it was red, and is run once more before that is believed. */
  | { readonly kind: 'try'; readonly prefix: number; readonly again: boolean }
  /** The whole line is green. */
  | { readonly kind: 'green' }
  /** The base itself is red. */
  | { readonly kind: 'base-red' }
  /** It is green up to `green`, and red with the next step: that one is the culprit. */
  | { readonly kind: 'culprit'; readonly green: number; readonly words: string };

/**
 * Searches the prefixes of a line for the first red one. Prefixes, not halves: steps that fail only
 * together are found as well, and what is green can land as it was tried. With a green base and one
 * culprit among n steps it takes 1 + ⌈log2 n⌉ runs. Where one run alone speaks against a step, it is
 * run again, which costs nothing on the whole: that step is the last, and the line without it is green
 * already.
 *
 * @param length steps in the line
 * @param retries see `LandingTerms`
 */
export function nextPrefix(
  { green, red }: PrefixSearch,
  length: number,
  retries: number,
): SearchStep {
  if (red === null) {
    if (green === length) return { kind: 'green' };
    return { kind: 'try', prefix: green === null ? 0 : length, again: false };
  }
  // Whatever is red, the prefix before it is known to be green: that one step makes the difference.
  if (red.prefix === (green ?? -1) + 1) {
    if (red.seen <= retries) return { kind: 'try', prefix: red.prefix, again: true };
    return green === null ? { kind: 'base-red' } : { kind: 'culprit', green, words: red.words };
  }
  return { kind: 'try', prefix: between(green ?? 0, red.prefix), again: false };
}

/**
 * Where to cut: no way takes more than ⌈log2 n⌉ runs, and the shorter ways lead to the front, because
 * the nearer the first culprit is to it, the longer is the line in which the next is looked for.
 */
function between(green: number, red: number): number {
  const width = red - green;
  const half = 2 ** (Math.ceil(Math.log2(width)) - 1);
  return green + Math.max(1, Math.floor(half / 2), width - half);
}

/**
 * What is known after a prefix was tried. A red one that is green the next time says nothing of
 * longer ones.
 *
 * @param words what failed; null: nothing did
 */
export function learn(
  { green, red }: PrefixSearch,
  prefix: number,
  words: string | null,
): PrefixSearch {
  if (words === null) return { green: prefix, red: red?.prefix === prefix ? null : red };
  return { green, red: { prefix, words, seen: (red?.seen ?? 0) + 1 } };
}
