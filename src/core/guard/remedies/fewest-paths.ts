import type { Change } from '../../../domain/change.ts';
import { compare } from '../../../domain/finding.ts';
import type { RepoPath } from '../../../domain/path.ts';
import { shellQuote } from '../../../domain/text/quote.ts';

/** Longest list of paths a person copies without a second thought. */
export const MOST_PATHS = 8;

/** Paths as pathspecs that name only themselves, for a shell. */
export const quoteAll = (paths: readonly string[]): string =>
  paths.map((path) => shellQuote(literal(path))).join(' ');

/** A path as a pathspec that names only itself, whatever it is spelled like. */
const literal = (path: string): string =>
  /^:|[*?[\]\\]/.test(path) ? `:(top,literal)${path}` : `:/${path}`;

/**
 * The refused paths, or the directories that hold refused paths and nothing that was allowed, when
 * that makes a list that can be read.
 */
export function fewestPaths(
  refused: ReadonlySet<RepoPath>,
  changes: readonly Change[],
): readonly string[] {
  const sorted = [...refused].sort(compare);
  if (sorted.length <= MOST_PATHS) return sorted;
  const mixed = new Set<string>();
  for (const { path } of changes)
    if (!refused.has(path)) for (const directory of parents(path)) mixed.add(directory);
  const shortest = sorted.map((path) => parents(path).find((parent) => !mixed.has(parent)) ?? path);
  return [...new Set(shortest)];
}

/** `a/b/c` -> `a`, `a/b`: the directories above a path, outermost first. */
function parents(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}
