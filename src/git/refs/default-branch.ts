import { type BranchName, branchOf, parseBranchName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

const FORMAT = '--format=%(refname)%00%(symref)';
const PLACES = ['refs/heads/main', 'refs/heads/master', 'refs/remotes/origin/HEAD'];

/**
 * The branch everything most likely lands on: what `origin/HEAD` points at, else a local `main` or
 * `master`, else null.
 */
export async function defaultBranch(repo: Repo): Promise<BranchName | null> {
  const result = await runGit(repo, ['for-each-ref', FORMAT, ...PLACES]);
  const lines = result.stdout.toString().split('\n');
  const refs = new Map(lines.map((line) => line.split('\0') as [string, string]));
  const remote = refs.get('refs/remotes/origin/HEAD')?.replace(/^refs\/remotes\/origin\//, '');
  if (remote) return parseBranchName(remote);
  const local = PLACES.find((place) => refs.has(place) && place.startsWith('refs/heads/'));
  return local === undefined ? null : branchOf(local);
}
