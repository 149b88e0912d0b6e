/** The house grammar: numbers, lists, lines. Texts are escaped by the caller, before they are laid out. */

/** `4,312`, the same in every locale. By hand: the first use of `Intl` costs a hook milliseconds. */
export const number = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 path`, `4,312 paths`. */
export const count = (value: number, noun: string, plural = `${noun}s`): string =>
  `${number(value)} ${value === 1 ? noun : plural}`;

/** `a`, `a and b`, `a, b and c`; with `most`, the rest is only counted. */
export function list(items: readonly string[], most = Infinity): string {
  const hidden = Math.max(0, items.length - most);
  const shown = hidden > 0 ? [...items.slice(0, most), `${number(hidden)} more`] : items;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

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
