import { compare } from '../../domain/finding.ts';
import type { Glob } from '../../domain/ownership.ts';
import { parseRepoPath } from '../../domain/path.ts';
import type { FindPath } from './find-path.ts';
import { parseGlob } from './parse.ts';
import { GLOBSTAR, type Pattern, type Segment } from './syntax.ts';

/** One glob among many, and what it stands for. */
interface Entry<T> {
  readonly glob: Glob;
  readonly value: T;
  readonly patterns: readonly Pattern[];
}

/**
 * The pairs among many globs that have a path in common, each pair once in the order given. Pairs
 * whose literal directories differ are never looked at, so thousands of globs take seconds; the rest
 * is settled by a path made from both, else by `findPath`.
 *
 * @returns pairs for which nothing could be proven are among them
 */
export function meetings<T>(
  entries: readonly { readonly glob: Glob; readonly value: T }[],
  findPath: FindPath,
): [T, T][] {
  const known = entries.map((entry): Entry<T> => ({ ...entry, patterns: patternsOf(entry.glob) }));
  const found = new Map<number, Set<number>>();
  for (const [a, b] of candidates(known)) {
    const [first, second] = a < b ? [a, b] : [b, a];
    if (found.get(first)?.has(second)) continue;
    if (!globsMeet(known[first]!, known[second]!, findPath)) continue;
    found.set(first, (found.get(first) ?? new Set()).add(second));
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .flatMap(([a, others]) =>
      [...others].sort((x, y) => x - y).map((b): [T, T] => [entries[a]!.value, entries[b]!.value]),
    );
}

/** Pairs of indices of which one pattern's literal beginning is the other's, or above it. */
function* candidates<T>(entries: readonly Entry<T>[]): Generator<[number, number]> {
  const keyed = entries
    .flatMap(({ patterns }, index) =>
      patterns.map((pattern) => ({ index, key: `${literalBeginning(pattern).join('/')}/` })),
    )
    .map((each) => (each.key === '/' ? { ...each, key: '' } : each))
    .sort((a, b) => compare(a.key, b.key) || a.index - b.index);
  for (const [at, { index, key }] of keyed.entries())
    for (let other = at + 1; other < keyed.length && keyed[other]!.key.startsWith(key); other += 1)
      if (keyed[other]!.index !== index) yield [index, keyed[other]!.index];
}

/** The leading segments without wildcards. Of `a/**`, which also names `a`, that is `a`. */
function literalBeginning(pattern: Pattern): string[] {
  const names: string[] = [];
  for (const segment of pattern) {
    const name = literalOf(segment);
    if (name === null) break;
    names.push(name);
  }
  return names;
}

const literalOf = (segment: Segment): string | null =>
  segment !== GLOBSTAR && segment.length === 1 && segment[0]!.kind === 'text'
    ? segment[0]!.text
    : null;

function globsMeet<T>(a: Entry<T>, b: Entry<T>, findPath: FindPath): boolean {
  const both = (text: string | null): boolean => {
    const path = text === null ? null : parseRepoPath(text);
    return path !== null && a.glob.matches(path) && b.glob.matches(path);
  };
  for (const one of a.patterns)
    for (const other of b.patterns)
      if (
        both(sample(one)) ||
        both(sample(other)) ||
        both(glued(one, other)) ||
        both(glued(other, one))
      )
        return true;
  return findPath([a.glob, b.glob]).kind !== 'none';
}

/** A path of the pattern: the plainest, with nothing for `**` but at the end. */
function sample(pattern: Pattern): string {
  return pattern
    .flatMap((segment, at) => {
      if (segment === GLOBSTAR) return at === pattern.length - 1 ? ['x'] : [];
      return [
        segment
          .map((token) => {
            if (token.kind === 'text') return token.text;
            return token.kind === 'class' && !token.negated ? (token.ranges[0]?.[0] ?? 'x') : 'x';
          })
          .join(''),
      ];
    })
    .join('/');
}

/** Where the first is open at its end and the second at its beginning: a path of the one below the other. */
function glued(first: Pattern, second: Pattern): string | null {
  if (first.at(-1) !== GLOBSTAR || second[0] !== GLOBSTAR) return null;
  const [before, after] = [first.slice(0, -1), second.slice(1)];
  return [before, after]
    .filter(({ length }) => length > 0)
    .map(sample)
    .join('/');
}

function patternsOf({ text }: Glob): readonly Pattern[] {
  const parsed = parseGlob(text);
  if (!parsed.ok) throw new Error(`${text} ${parsed.error.message}`);
  return parsed.value.patterns;
}
