import { foldPath } from '../../domain/text/fold.ts';
import type { Glob } from '../../domain/ownership.ts';
import { makePatternMatcher } from './match.ts';
import { parseGlob } from './parse.ts';
import { GLOB_LIMITS, GLOBSTAR, type GlobSyntax, type Pattern, type Token } from './syntax.ts';

/** A glob of the policy, at `rule` in the file. Compiling waits for the first path to match. */
export const compileGlob = (syntax: GlobSyntax, rule: string): Glob =>
  new CompiledGlob(syntax.text, rule, () => syntax);

/**
 * The same for a text that is known to be a glob: reading it, too, waits until somebody asks. A decision
 * asks few of the globs that a policy has, and waits for every one that is read.
 */
export const compileKnownGlob = (text: string, rule: string): Glob =>
  new CompiledGlob(text, rule, () => {
    const parsed = parseGlob(text);
    if (!parsed.ok) throw new Error(`${text} ${parsed.error.message}`);
    return parsed.value;
  });

/** `a/b`, `a/**`, `**` before a name: what is a glob at first sight. */
const PLAIN =
  /^(?:\*\*\/)?(?:(?!\.{1,2}(?:\/|$))[\w.-]+)(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*(?:\/\*\*)?$/;

export const isPlainGlob = (text: string): boolean =>
  text.length <= GLOB_LIMITS.length && PLAIN.test(text);

type Matcher = (path: string) => boolean;

class CompiledGlob implements Glob {
  readonly text: string;
  readonly rule: string;
  readonly #read: () => GlobSyntax;
  #patterns: readonly Pattern[] | null = null;
  #exact: Matcher | null = null;
  #folded: Matcher | null = null;

  constructor(text: string, rule: string, read: () => GlobSyntax) {
    this.text = text;
    this.rule = rule;
    this.#read = read;
  }

  get prefix(): string {
    return literalPrefix(this.#read());
  }

  matches(path: string): boolean {
    this.#exact ??= compile(this.#parts());
    return this.#exact(path);
  }

  matchesFolded(folded: string): boolean {
    this.#folded ??= compile(foldPatterns(this.#parts()));
    return this.#folded(folded);
  }

  #parts(): readonly Pattern[] {
    return (this.#patterns ??= this.#read().patterns);
  }
}

/** Compiles each pattern when the first path comes that could match it. */
function compile(patterns: readonly Pattern[]): Matcher {
  const matchers = patterns.map(patternMatcher);
  return (path) => matchers.some((matches) => matches(path));
}

function patternMatcher(pattern: Pattern): Matcher {
  const couldMatch = plainTest(pattern);
  let matches: ReturnType<typeof makePatternMatcher> | null = null;
  return (path) => couldMatch(path) && (matches ??= makePatternMatcher(pattern))(path.split('/'));
}

/** Most paths lack a pattern's plain text, and looking for it costs a tenth of a match. */
function plainTest(pattern: Pattern): Matcher {
  const directories = literalDirectories(pattern);
  const start = directories.join('/');
  const needle = longestText(pattern.slice(directories.length));
  return (path) => path.startsWith(start) && path.includes(needle);
}

function longestText(pattern: Pattern): string {
  let longest = '';
  for (const segment of pattern)
    for (const token of segment)
      if (typeof token !== 'string' && token.kind === 'text' && token.text.length >= longest.length)
        longest = token.text;
  return longest;
}

/** The same patterns for paths that went through `foldPath`. */
const foldPatterns = (patterns: readonly Pattern[]): Pattern[] =>
  patterns.map((pattern) =>
    pattern.map((segment) => (segment === GLOBSTAR ? GLOBSTAR : segment.map(foldToken))),
  );

function foldToken(token: Token): Token {
  if (token.kind === 'text') return { kind: 'text', text: foldPath(token.text) };
  if (token.kind !== 'class') return token;
  const ranges = token.ranges.map(([first, last]) => [foldPath(first), foldPath(last)] as const);
  return { ...token, ranges };
}

function literalPrefix({ patterns }: GlobSyntax): string {
  const [first, ...rest] = patterns.map(literalDirectories);
  let shared = first!;
  for (const directories of rest) {
    const differs = shared.findIndex((name, index) => name !== directories[index]);
    if (differs !== -1) shared = shared.slice(0, differs);
  }
  return shared.map((name) => `${name}/`).join('');
}

/** The leading segments that are plain text, without the last one, which may be a file. */
function literalDirectories(pattern: Pattern): string[] {
  const names: string[] = [];
  for (const segment of pattern.slice(0, -1)) {
    if (segment === GLOBSTAR || segment.length !== 1 || segment[0]!.kind !== 'text') break;
    names.push(segment[0]!.text);
  }
  return names;
}
