import { join } from 'node:path';
import { type IgnoredPath, isMadeAgain } from '../../core/worktrees/precious.ts';
import type { Repo } from '../../domain/repo.ts';
import { ignoredFiles } from '../../git/worktree/ignored-files.ts';
import type { Files } from '../../host/files.ts';

/** What is remembered of one worktree at most; the rest counts as made by hand. */
const MOST = 2000;

/**
 * What git ignores in a worktree, but for what tools make again whenever it is gone.
 *
 * @param repo where git is to run: the top of the worktree
 */
export async function ignoredWithStamps(files: Files, repo: Repo): Promise<IgnoredPath[]> {
  const paths = await ignoredFiles(repo);
  return paths
    .filter((path) => !isMadeAgain(path))
    .map((path) => ({
      path,
      stamp: path.endsWith('/') ? '' : (files.stamp(join(repo.directory, path)) ?? ''),
    }));
}

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
