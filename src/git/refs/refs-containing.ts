import { type Oid, parseRefName, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** The branches of this clone and of its remotes that have a commit in their history. */
export const refsContaining = (repo: Repo, commit: Oid): Promise<RefName[]> =>
  list(repo, commit, ['refs/heads/', 'refs/remotes/']);

/** Whatever has a name, and has a commit in its history: branches, tags and all others. */
export const allRefsContaining = (repo: Repo, commit: Oid): Promise<RefName[]> =>
  list(repo, commit, []);

async function list(repo: Repo, commit: Oid, patterns: readonly string[]): Promise<RefName[]> {
  const args = ['for-each-ref', '--format=%(refname)', `--contains=${commit}`];
  const { stdout } = await runGit(repo, [...args, ...patterns]);
  return stdout
    .toString()
    .split('\n')
    .flatMap((line) => parseRefName(line) ?? []);
}
