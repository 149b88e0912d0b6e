import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/** Every path of a tree, links and submodules included, in git's order. */
export async function treePaths(repo: Repo, tree: Oid): Promise<RepoPath[]> {
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', '--end-of-options', tree];
  return splitNul((await runGit(repo, args)).stdout).map(decodeRepoPath);
}
