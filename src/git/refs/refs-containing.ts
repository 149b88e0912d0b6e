import { type Oid, parseRefName, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** The branches of this clone and of its remotes that have a commit in their history. */
export async function refsContaining(repo: Repo, commit: Oid): Promise<RefName[]> {
  const args = ['for-each-ref', '--format=%(refname)', `--contains=${commit}`];
  const { stdout } = await runGit(repo, [...args, 'refs/heads/', 'refs/remotes/']);
  return stdout
    .toString()
    .split('\n')
    .flatMap((line) => parseRefName(line) ?? []);
}
