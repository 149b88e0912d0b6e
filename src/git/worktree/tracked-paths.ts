import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/** Every path in the index, in git's order. `repo` must stand at the top of the work tree. */
export async function trackedPaths(repo: Repo): Promise<RepoPath[]> {
  const result = await runGit(repo, ['ls-files', '-z', '--full-name']);
  return splitNul(result.stdout).map(decodeRepoPath);
}
