import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** Whether a tracked file differs from the index that git works on. */
export async function hasUnstaged(repo: Repo): Promise<boolean> {
  const args = [
    'diff',
    '--quiet',
    '--no-ext-diff',
    '-O/dev/null',
    '--ignore-submodules=dirty',
    '--',
  ];
  return (await runGit(repo, args, { ok: [0, 1] })).code === 1;
}
