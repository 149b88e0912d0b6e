import type { Language } from './language-of.ts';

/** A name that a text defines. */
export interface Definition {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /**
   * Names of one kind are unique at the top level of a file, in Go of a package. Null where a second one is
   * meant, or is not at the top level.
   */
  readonly unique: 'type' | 'value' | null;
}

/** Shorter names are everybody's. */
const SHORTEST = 4;
/** No longer line was written by hand. */
const LONGEST_LINE = 400;
/** What a language calls by itself, as often as it stands there. */
const CALLED = new Set(['init', 'main']);

interface Rule {
  readonly line: RegExp;
  readonly unique: Definition['unique'];
}

const rule = (line: RegExp, unique: Definition['unique'] = null): Rule => ({ line, unique });

/** What defines a name on a line of code, the first that fits; its group is the name. */
const RULES: Readonly<Record<Language, readonly Rule[]>> = {
  c: [
    rule(/^#[ \t]*define[ \t]+(\w+)/),
    rule(/^(?:typedef[ \t]+)?(?:struct|enum|union|class)[ \t]+(\w+)[ \t]*\{/),
    rule(/^[A-Za-z_][\w \t*]*[ \t*](\w+)\([^;]*$/),
  ],
  go: [
    rule(/^func[ \t]+(\w+)/, 'value'),
    rule(/^func[ \t]+\([^)]*\)[ \t]*(\w+)/),
    rule(/^type[ \t]+(\w+)/, 'value'),
    rule(/^(?:const|var)[ \t]+([A-Z]\w*)/, 'value'),
  ],
  python: [
    rule(/^(?:\w+[ \t]+)?(?:def|class)[ \t]+(\w+)/, 'value'),
    rule(/^[ \t]+(?:\w+[ \t]+)?(?:def|class)[ \t]+(\w+)/),
  ],
  ruby: [rule(/^[ \t]*(?:def[ \t]+(?:self\.)?|class[ \t]+|module[ \t]+)(\w+)/)],
  rust: [
    rule(/^(?:pub(?:\([^)]*\))?[ \t]+)?(?:\w+[ \t]+)*fn[ \t]+(\w+)/, 'value'),
    rule(/^(?:pub(?:\([^)]*\))?[ \t]+)?(?:const|static)[ \t]+(\w+)/, 'value'),
    rule(/^(?:pub(?:\([^)]*\))?[ \t]+)?(?:struct|enum|trait|type|union)[ \t]+(\w+)/, 'type'),
    rule(/^[ \t]+(?:pub(?:\([^)]*\))?[ \t]+)?(?:\w+[ \t]+)*fn[ \t]+(\w+)/),
  ],
  script: [
    rule(
      /^(?:export[ \t]+)?(?:default[ \t]+)?(?:\w+[ \t]+)?function\b[* \t]*([\w$]+)(?!.*;$)/,
      'value',
    ),
    rule(
      /^(?:export[ \t]+)?(?:default[ \t]+)?(?:abstract[ \t]+)?(?:class|enum)[ \t]+([\w$]+)/,
      'value',
    ),
    rule(/^export[ \t]+(?:const|let)[ \t]+([\w$]+)/, 'value'),
    rule(/^(?:export[ \t]+)?type[ \t]+([\w$]+)/, 'type'),
    rule(
      /^[ \t]*(?:export[ \t]+)?(?:declare[ \t]+)?(?:\w+[ \t]+)?(?:function|class|interface|enum)\b[* \t]*([\w$]+)/,
    ),
  ],
};

/** What opens a block whose lines name members, and what such a line is. */
const MEMBERS: Partial<Record<Language, { readonly open: RegExp; readonly member: RegExp }>> = {
  go: { open: /^type[ \t]+\w+[ \t]+interface[ \t]*\{[ \t]*$/, member: /^\t(\w+)\(/ },
  script: {
    open: /^(?:export[ \t]+)?(?:declare[ \t]+)?interface[ \t]+[\w$].*\{[ \t]*$/,
    member: /^[ \t]+(?:readonly[ \t]+)?([\w$]+)\??[ \t]*[(:<]/,
  },
};

/** A second one of these is meant: it stands for another machine, or belongs to the first. */
const SECOND_IS_MEANT =
  /^\s*(?:#\[cfg\b|@(?:[\w.]+\.)?(?:overload|setter|getter|deleter|register)\b)/;

/** False where no line of a part of a file can define a name. */
export const mayDefine = (part: string, language: Language): boolean =>
  part
    .split('\n')
    .some(
      (line) =>
        line.length <= LONGEST_LINE &&
        (MEMBERS[language]?.member.test(line) === true ||
          RULES[language].some((one) => one.line.test(line))),
    );

/** The names that code defines, comments and strings being blanks in it. */
export function definitionsIn(code: string, language: Language): Definition[] {
  const found: Definition[] = [];
  const members = MEMBERS[language];
  let isInside = false;
  let last = '';
  for (const [at, line] of code.split('\n').entries()) {
    if (line.length > LONGEST_LINE) continue;
    if (isInside && line.startsWith('}')) isInside = false;
    const [name, unique] = isInside
      ? [members!.member.exec(line)?.[1], null]
      : firstOf(RULES[language], line);
    if (members?.open.test(line) === true) isInside = true;
    if (name !== undefined && name.length >= SHORTEST && !CALLED.has(name))
      found.push({ name, line: at + 1, unique: SECOND_IS_MEANT.test(last) ? null : unique });
    if (line.trim() !== '') last = line;
  }
  return found;
}

function firstOf(
  rules: readonly Rule[],
  line: string,
): readonly [name: string | undefined, unique: Definition['unique']] {
  for (const { line: expression, unique } of rules) {
    const name = expression.exec(line)?.[1];
    if (name !== undefined) return [name, unique];
  }
  return [undefined, null];
}
