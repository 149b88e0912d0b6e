/** A word of a shell command, as far as it can be known without running anything. */
export interface ShellWord {
  readonly kind: 'word';
  /** With quotes and escapes undone, and expansions as they were written. */
  readonly text: string;
  /** Variables and substitutions in `text`, in their order: with any of them nobody knows what it says. */
  readonly expansions: readonly Expansion[];
  /** Offset in `text` of the first character that the shell would match names by; -1 for none. */
  readonly glob: number;
}

/** A word that says what it says. */
export const plainWord = (text: string): ShellWord => ({
  kind: 'word',
  text,
  expansions: [],
  glob: -1,
});

/** From an offset up to another one. */
export interface Expansion {
  readonly from: number;
  readonly to: number;
}

export type ShellToken =
  | ShellWord
  /** `;`, `&&`, `|`, `(`, a line break and the like. */
  | { readonly kind: 'operator'; readonly text: string }
  /** `>`, `>>`, `>|`, `&>`, `<>` and their like with a number; what follows is the file. */
  | { readonly kind: 'redirection'; readonly writes: boolean }
  /** The lines of `<<WORD`, as they stand there. */
  | { readonly kind: 'here-document'; readonly text: string };

const OPERATOR = /^(?:&&|\|\||;;|\|&|[;&|()\n])/;
const REDIRECTION = /^(?:\d*(?:>>|>\||>&|<>|>)|&>>|&>|\d*<&|\d*<<<|\d*<)/;
const HERE_DOCUMENT = /^\d*<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|\\?([^\s;&|<>()'"]+))/;

/** A line longer than this is not read: nobody types it, and it would cost time before an edit. */
const MOST_CHARACTERS = 200_000;

/** Splits a command of a POSIX shell into words and operators. Never throws; forgives what is open. */
export function shellWords(command: string): ShellToken[] {
  const tokens: ShellToken[] = [];
  const waiting: { readonly end: string; readonly tabs: boolean }[] = [];
  let rest = command.slice(0, MOST_CHARACTERS);
  const take = (length: number): void => void (rest = rest.slice(length));
  while (rest !== '') {
    const blank = /^(?:[ \t\r]+|\\\r?\n)/.exec(rest);
    if (blank) {
      take(blank[0].length);
      continue;
    }
    if (rest.startsWith('#')) {
      take(/^[^\n]*/.exec(rest)![0].length);
      continue;
    }
    const document = rest.startsWith('<<<') ? null : HERE_DOCUMENT.exec(rest);
    if (document) {
      const [all, dash, single, double, bare] = document;
      waiting.push({ end: single ?? double ?? bare ?? '', tabs: dash === '-' });
      take(all.length);
      continue;
    }
    const redirection = REDIRECTION.exec(rest);
    if (redirection) {
      tokens.push({ kind: 'redirection', writes: redirection[0].includes('>') });
      take(redirection[0].length);
      continue;
    }
    const operator = OPERATOR.exec(rest);
    if (operator) {
      tokens.push({ kind: 'operator', text: operator[0] });
      take(operator[0].length);
      if (operator[0] !== '\n') continue;
      for (const { end, tabs } of waiting.splice(0)) {
        const { text, length } = readDocument(rest, end, tabs);
        // Before the line break, so that it belongs to the command that reads it.
        tokens.splice(-1, 0, { kind: 'here-document', text });
        take(length);
      }
      continue;
    }
    const { word, length } = readWord(rest);
    tokens.push(word);
    take(length);
  }
  return tokens;
}

/** The lines up to the one that ends them, which is left out of `text` and counted in `length`. */
function readDocument(rest: string, end: string, tabs: boolean): { text: string; length: number } {
  const lines: string[] = [];
  let length = 0;
  for (const line of rest.split('\n')) {
    length += line.length + 1;
    const bare = tabs ? line.replace(/^\t+/, '') : line;
    if (bare.replace(/\r$/, '') === end) break;
    lines.push(bare);
  }
  return { text: lines.join('\n'), length: Math.min(length, rest.length) };
}

/** One word from the start of the text; always at least one character long. */
function readWord(rest: string): { word: ShellWord; length: number } {
  let text = '';
  const expansions: Expansion[] = [];
  let glob = -1;
  let at = 0;
  let quoted = false;
  while (at < rest.length) {
    const char = rest[at]!;
    if (char === '"') {
      quoted = !quoted;
      at += 1;
    } else if (char === '\\' && at + 1 < rest.length) {
      const next = rest[at + 1]!;
      if (quoted && !/["\\$`\n]/.test(next)) text += char;
      if (next !== '\n') text += next;
      at += 2;
    } else if (char === '$' || char === '`') {
      const length = expansionLength(rest.slice(at));
      expansions.push({ from: text.length, to: text.length + length });
      text += rest.slice(at, at + length);
      at += length;
    } else if (!quoted && char === "'") {
      const end = rest.indexOf("'", at + 1);
      text += rest.slice(at + 1, end < 0 ? rest.length : end);
      at = end < 0 ? rest.length : end + 1;
    } else if (!quoted && /[\s;&|()<>]/.test(char)) {
      if (at === 0) at = 1;
      break;
    } else {
      if (!quoted && /[*?[{]/.test(char) && glob < 0) glob = text.length;
      text += char;
      at += 1;
    }
  }
  return { word: { kind: 'word', text, expansions, glob }, length: Math.min(at, rest.length) };
}

/** How far `$NAME`, `$(...)`, `${...}` or a pair of backticks reach; 1 for anything else. */
function expansionLength(rest: string): number {
  const name = /^\$[A-Za-z_]\w*/.exec(rest);
  if (name) return name[0].length;
  const [open, close] = rest.startsWith('$(') ? ['(', ')'] : ['{', '}'];
  if (rest[0] === '`') {
    const end = rest.indexOf('`', 1);
    return end < 0 ? rest.length : end + 1;
  }
  if (rest[1] !== open) return 1;
  let depth = 0;
  for (let at = 1; at < rest.length; at += 1) {
    if (rest[at] === open) depth += 1;
    if (rest[at] === close && (depth -= 1) === 0) return at + 1;
  }
  return rest.length;
}
