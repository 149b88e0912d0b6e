import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * Where git looks for hooks when it runs in `repo.directory`, absolute: `core.hooksPath`, which is
 * relative to the top of that very worktree (git-config(1)), else `hooks` in the common directory.
 */
export async function hooksDirectory(repo: Repo): Promise<string> {
  const args = ['rev-parse', '--path-format=absolute', '--git-path', 'hooks'];
  return (await runGit(repo, args)).stdout.toString().replace(/\n$/, '');
}
