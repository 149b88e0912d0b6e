import type { Hint } from '../../domain/hint.ts';
import { escapeText } from '../escape.ts';
import { hintText, typedCommand } from '../hint.ts';
import type { View } from '../view.ts';

/**
 * The answer of a tool, for a model: a few lines, and the same as data. Each stands alone, because some
 * programs show a model only the one and some only the other.
 */
export interface Brief {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** All that a brief answer needs to know of its reader. */
export type BriefView = Pick<View, 'program'>;

/** Items of one list that are said; the rest is counted. */
export const MOST_ITEMS = 30;

/** Lines of text, without those that are not there. */
export const briefText = (lines: readonly (string | null)[]): string =>
  lines.filter((line) => line !== null && line !== '').join('\n');

/** The first items of a list, and how many more there are, for a key of its own. */
export function someOf<Item>(
  items: readonly Item[],
  most = MOST_ITEMS,
): { readonly some: readonly Item[]; readonly more: number } {
  return { some: items.slice(0, most), more: Math.max(0, items.length - most) };
}

/** `{ more: 12 }`, or nothing. */
export const moreKey = (more: number): { readonly more?: number } => (more > 0 ? { more } : {});

/** `and 12 more`, or nothing. */
export const moreLine = (more: number): string | null => (more > 0 ? `and ${more} more` : null);

/** A hint as data: its command as it can be typed. */
export const hintData = (
  { aim, command }: Hint,
  view: BriefView,
): Readonly<Record<string, string>> =>
  command === null ? { to: aim } : { to: aim, run: typedCommand(command, view) };

/** A hint on one line. */
export const hintWords = (hint: Hint | null | undefined, view: BriefView): string | null =>
  hint ? `${hintText(hint, view)}` : null;

/** Something of the repository's in a line: nothing in it may look like another line. */
export const plain = (text: string): string => escapeText(text);
