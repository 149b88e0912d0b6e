/** What a Python file assigns to one name: its strings in order, or null where no literal says it. */
export interface PythonValue {
  readonly strings: readonly string[];
  /** Pairs of strings in brackets of their own: `('app', '0001_initial')`. */
  readonly pairs: readonly (readonly [string, string])[];
}

/** Longer ones are not written by hand, nor by any tool that is known. */
const LONGEST = 20_000;

/**
 * Reads `name = <literal>`, with or without a type, where the literal is `None`, a string, or brackets with
 * strings in them. No parser: what is not of this form is null, and said to be unreadable by the caller.
 *
 * @param indent blanks before the name: none for a module's, some for a class's
 * @returns undefined when nothing is assigned to the name
 */
export function pythonValue(
  text: string,
  name: string,
  indent: 'class' | 'module',
): PythonValue | null | undefined {
  const before = indent === 'module' ? '' : '[ \\t]+';
  const head = new RegExp(`^${before}${name}[ \\t]*(?::[^=\\n]{0,200})?=[ \\t]*`, 'm').exec(text);
  if (head === null) return undefined;
  const start = head.index + head[0].length;
  return literal(text.slice(start, start + LONGEST));
}

function literal(text: string): PythonValue | null {
  if (/^None\b/.test(text)) return { strings: [], pairs: [] };
  const strings: string[] = [];
  const pairs: (readonly [string, string])[] = [];
  /** Where each open bracket began among the strings. */
  const open: number[] = [];
  for (let at = 0; at < text.length;) {
    const char = text[at]!;
    if (char === '"' || char === "'") {
      const end = text.indexOf(char, at + 1);
      const line = text.indexOf('\n', at);
      if (end < 0 || (line >= 0 && line < end)) return null;
      strings.push(text.slice(at + 1, end));
      at = end + 1;
    } else if (char === '(' || char === '[' || char === '{') {
      open.push(strings.length);
      at += 1;
    } else if (char === ')' || char === ']' || char === '}') {
      const from = open.pop();
      if (from === undefined) return null;
      if (char === ')' && strings.length - from === 2)
        pairs.push([strings[from]!, strings[from + 1]!]);
      at += 1;
    } else if (char === '#') {
      const line = text.indexOf('\n', at);
      at = line < 0 ? text.length : line;
    } else if (char === '\n' && open.length === 0) break;
    else at += 1;
    // A literal of one string ends with it; more text is an expression.
    if (open.length === 0 && strings.length > 0 && at > 0 && !isRest(text, at)) return null;
    if (open.length === 0 && (strings.length > 0 || /[)\]}]/.test(char))) break;
  }
  if (open.length > 0) return null;
  const began = /^[('"[{]/.test(text);
  return began ? { strings, pairs } : null;
}

/** Nothing but a comment follows on the line, or what goes on with brackets that are closed. */
const isRest = (text: string, at: number): boolean =>
  /^[ \t]*(?:,[ \t]*)?(?:#|\r?\n|$|;)/.test(text.slice(at, at + 40));
