/** One `.gitattributes` of a tree. */
export interface AttributesFile {
  /** The directory it is in; '' is the top. */
  readonly directory: string;
  readonly text: string;
}

/** What attributes say of files that nobody writes by hand. */
export interface LinguistMarks {
  /** `linguist-generated`: a program writes it. */
  readonly isGenerated: (path: string) => boolean;
  /** `linguist-vendored`: it is of other people. */
  readonly isVendored: (path: string) => boolean;
}

export const NO_MARKS: LinguistMarks = { isGenerated: () => false, isVendored: () => false };

const GENERATED = 'linguist-generated';
const VENDORED = 'linguist-vendored';

interface Line {
  readonly directory: string;
  readonly pattern: RegExp;
  /** Null: whatever said something before says nothing any more. */
  readonly states: ReadonlyMap<string, boolean | null>;
}

/**
 * Reads which files are marked, as gitattributes(5) says: the last line that fits decides, and a file that is
 * deeper goes before one above it. Lines that git would not take, and patterns of more stars than anybody
 * writes, mark nothing.
 */
export function linguistMarks(files: readonly AttributesFile[]): LinguistMarks {
  const sorted = [...files].sort((a, b) => depth(a) - depth(b));
  const macros = new Map<string, ReadonlyMap<string, boolean | null>>();
  const lines = sorted.flatMap((file) => linesOf(file, macros));
  if (lines.length === 0) return NO_MARKS;
  const state = (path: string, name: string): boolean => {
    const line = lines.findLast(
      ({ directory, pattern, states }) =>
        states.has(name) &&
        path.startsWith(directory) &&
        pattern.test(path.slice(directory.length)),
    );
    return line?.states.get(name) === true;
  };
  return {
    isGenerated: (path) => state(path, GENERATED),
    isVendored: (path) => state(path, VENDORED),
  };
}

const depth = ({ directory }: AttributesFile): number =>
  directory === '' ? 0 : directory.split('/').length;

/** More text than anybody writes is not looked at. */
const LONGEST = 200_000;

function linesOf(
  { directory, text }: AttributesFile,
  macros: Map<string, ReadonlyMap<string, boolean | null>>,
): Line[] {
  const prefix = directory === '' ? '' : `${directory}/`;
  return text
    .slice(0, LONGEST)
    .split(/\r?\n/)
    .flatMap((line): Line[] => {
      const [, quoted, plain = '', rest = ''] =
        /^[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^ \t#"]\S*))([ \t].*)?$/.exec(line) ?? [];
      const states = statesIn(rest, macros);
      if (plain.startsWith('[attr]')) {
        // Macros count at the top alone.
        if (directory === '') macros.set(plain.slice('[attr]'.length), states);
        return [];
      }
      const pattern =
        states.size === 0 ? null : expressionOf(quoted?.replace(/\\(.)/g, '$1') ?? plain);
      return pattern === null ? [] : [{ directory: prefix, pattern, states }];
    });
}

/** What the words after a pattern say of the two marks. */
function statesIn(
  words: string,
  macros: ReadonlyMap<string, ReadonlyMap<string, boolean | null>>,
): Map<string, boolean | null> {
  const states = new Map<string, boolean | null>();
  for (const word of words.split(/[ \t]+/).filter(Boolean)) {
    const [, sign, name = '', value] = /^([-!]?)([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    if (sign === '' && value === undefined)
      for (const [mark, state] of macros.get(name) ?? []) states.set(mark, state);
    if (name !== GENERATED && name !== VENDORED) continue;
    states.set(name, sign === '!' ? null : sign === '' && value !== 'false');
  }
  return states;
}

/** More stars take a matcher longer than anybody waits: of one segment of a pattern, and of all of it. */
const MOST_STARS = { segment: 2, all: 4 };

/** The expression of a pattern; null for one that fits no file: it excludes, names a directory, or is too large. */
function expressionOf(pattern: string): RegExp | null {
  if (pattern.startsWith('!') || pattern.endsWith('/') || pattern.length > 500) return null;
  const stars = pattern.split('/').map((segment) => segment.match(/\*+/g)?.length ?? 0);
  if (Math.max(...stars) > MOST_STARS.segment) return null;
  if (stars.reduce((sum, some) => sum + some, 0) > MOST_STARS.all) return null;
  const anchored = pattern.includes('/');
  const body = pattern.replace(/^\//, '');
  const source = body.replace(
    /^\*\*\/|\/\*\*\/|\/\*\*$|\*+|\?|\[(?:[!^]?\]?(?:\\.|[^\]\\])*)\]|\\(.)|[.+^${}()|[\]\\]/g,
    (part, escaped: string | undefined) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '/**/') return '/(?:.*/)?';
      if (part === '/**') return '/.+';
      if (part.startsWith('*')) return '[^/]*';
      if (part === '?') return '[^/]';
      if (part.startsWith('[') && part.length > 2)
        return `(?!/)${part.replace(/^\[!/, '[^').replace(/\[(?=.)/g, (sign, at: number) => (at === 0 ? sign : '\\['))}`;
      return escaped === undefined ? `\\${part}` : escaped.replace(/\W/, '\\$&');
    },
  );
  try {
    return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}$`);
  } catch {
    return null;
  }
}
