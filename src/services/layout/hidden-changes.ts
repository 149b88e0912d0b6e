import { join } from 'node:path';
import { encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { hasNoMarks } from '../../git/worktree/has-no-marks.ts';
import { changedAllTheSame, unwatchedFiles } from '../../git/worktree/unwatched-files.ts';
import type { Files } from '../../host/files.ts';
import { withTemporaryDirectory } from '../../host/temporary.ts';

/**
 * Files of a work tree that differ from the index although git was told not to look at them.
 *
 * @param repo the top of the work tree
 * @param gitDirectory the worktree's own
 */
export async function hiddenChanges(
  files: Files,
  repo: Repo,
  gitDirectory: string,
): Promise<readonly RepoPath[]> {
  const index = join(gitDirectory, 'index');
  const content = files.read(index);
  if (content === null || hasNoMarks(content)) return [];
  const unwatched = await unwatchedFiles(repo);
  const present = unwatched.filter((path) =>
    files.exists(join(repo.directory, Buffer.from(encodeRepoPath(path)).toString())),
  );
  if (present.length === 0) return [];
  return withTemporaryDirectory('index', async (directory) => {
    const copy = join(directory, 'index');
    return files.copy(index, copy) ? changedAllTheSame(repo, present, copy) : present;
  });
}
