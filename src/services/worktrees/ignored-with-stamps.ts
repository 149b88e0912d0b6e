import { join } from 'node:path';
import { type IgnoredPath, isMadeAgain } from '../../core/worktrees/precious.ts';
import type { Repo } from '../../domain/repo.ts';
import { ignoredFiles } from '../../git/worktree/ignored-files.ts';
import type { Files } from '../../host/files.ts';

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
