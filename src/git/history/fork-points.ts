import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * Whether a shallow history still says for certain where every tip left the base. It does when all
 * have a common ancestor here, and no commit at which history was cut off is newer than that: then
 * no better common ancestor can be missing.
 *
 * @param cut the commits whose parents were left out
 */
export async function reachesForkPoints(
  repo: Repo,
  base: Oid,
  tips: readonly Oid[],
  cut: ReadonlySet<string>,
): Promise<boolean> {
  const args = ['merge-base', '--all', '--octopus', '--end-of-options', base, ...tips];
  const common = await runGit(repo, args, { ok: [0, 1] });
  const ancestors = common.stdout.toString().split('\n').filter(Boolean);
  if (ancestors.length === 0) return false;
  const input = [base, ...tips, ...ancestors.map((oid) => `^${oid}`), ''].join('\n');
  const { stdout } = await runGit(repo, ['rev-list', '--stdin'], { input });
  return !stdout
    .toString()
    .split('\n')
    .some((commit) => cut.has(commit));
}
