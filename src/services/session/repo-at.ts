import { join } from 'node:path';
import type { Repo } from '../../domain/repo.ts';
import type { Files } from '../../host/files.ts';
import { withoutRepository } from '../../host/host.ts';

/** Another worktree is another repository to git: what points at this one must not reach it. */
export const repoAt = ({ environment }: Repo, directory: string): Repo => ({
  directory,
  environment: withoutRepository(environment),
});

/**
 * For git to run at the top of a work tree, also of one that has nothing in it that leads git back,
 * because `core.worktree` names it.
 */
export function repoAtTop(files: Files, repo: Repo, gitDirectory: string): Repo {
  const { directory, environment } = repo;
  if (!files.exists(directory) || files.exists(join(directory, '.git'))) return repo;
  return {
    directory,
    environment: { ...environment, GIT_DIR: gitDirectory, GIT_WORK_TREE: directory },
  };
}
