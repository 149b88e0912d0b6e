/** The house grammar: numbers, lists, lines. Texts are escaped by the caller, before they are laid out. */

export { count, list, number, verb } from '../domain/text/count.ts';

/** Columns a text fills, one for each code point: wide scripts wrap late rather than never. */
export const columns = (text: string): number => Array.from(text).length;

/** Fills a text up to `width` columns. */
export const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columns(text)));

/** The most columns any of the texts fills. */
export const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(columns));

/**
 * Breaks a text into lines of at most `width` columns, between words only: a word that is longer,
 * such as a path, is left whole. The first line starts with `first`, the others with `indent`.
 */
export function wrap(text: string, width: number, indent = '', first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
