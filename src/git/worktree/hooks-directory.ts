import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { effectiveSetting } from './settings.ts';

/**
 * Where git looks for hooks when it runs in `repo.directory`, absolute: `core.hooksPath`, which is
 * relative to the top of that very worktree (git-config(1)), else `hooks` in the common directory.
 */
export async function hooksDirectory(repo: Repo): Promise<string> {
  const args = ['rev-parse', '--path-format=absolute', '--git-path', 'hooks'];
  const { code, stdout } = await runGit(repo, args, { ok: [0, 128] });
  if (code === 0) return stdout.toString().replace(/\n$/, '');
  // git names no directory where the setting is empty, and looks for hooks at the very top.
  if ((await effectiveSetting(repo, 'core.hooksPath'))?.value === '') return '/';
  return (await runGit(repo, args)).stdout.toString();
}
