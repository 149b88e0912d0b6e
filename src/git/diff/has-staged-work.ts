import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * Whether the index of a worktree whose directory is gone holds something that HEAD does not.
 *
 * @param gitDirectory the worktree's own; nothing else of it is there.
 */
export async function hasStagedWork(repo: Repo, gitDirectory: string): Promise<boolean> {
  const environment = { GIT_DIR: gitDirectory };
  const args = ['diff-index', '--cached', '--quiet', '--ignore-submodules=all', 'HEAD', '--'];
  return (await runGit(repo, args, { ok: [0, 1], environment })).code === 1;
}
