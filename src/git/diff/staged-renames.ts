import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/** What the index renames against HEAD, as git guesses: each path with the other half of its rename. */
export async function stagedRenames(repo: Repo): Promise<ReadonlyMap<RepoPath, RepoPath>> {
  const list = ['--name-status', '-z', '-M', '--diff-filter=R', '--no-relative', '--no-ext-diff'];
  const plain = ['--ignore-submodules=none', '--no-textconv', '--no-color', '-O/dev/null'];
  const { stdout } = await runGit(repo, ['diff', '--cached', ...list, ...plain, '--']);
  const fields = splitNul(stdout);
  const halves = new Map<RepoPath, RepoPath>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [from, to] = [decodeRepoPath(fields[at + 1]!), decodeRepoPath(fields[at + 2]!)];
    halves.set(from, to).set(to, from);
  }
  return halves;
}
