import type { IgnoredPath } from './precious.ts';

/** What is remembered of one worktree at most; the rest counts as made by hand. */
const MOST = 2000;

/**
 * What the setup commands have made: what came between two looks, on top of what was known. A file that
 * somebody has changed since it was made keeps its old mark, by which that is seen.
 */
export function madeBetween(
  before: readonly IgnoredPath[],
  after: readonly IgnoredPath[],
  known: Readonly<Record<string, string>>,
): Record<string, string> {
  const stamps = new Map(before.map(({ path, stamp }) => [path, stamp]));
  const made: [string, string][] = [];
  for (const { path, stamp } of after) {
    const [was, mark] = [stamps.get(path), known[path]];
    if (was === undefined || was === mark) made.push([path, stamp]);
    else if (mark !== undefined) made.push([path, mark]);
  }
  return Object.fromEntries(made.slice(0, MOST));
}
