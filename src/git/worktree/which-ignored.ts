import { decodeRepoPath, encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/** Which of the paths git ignores. `repo` must stand at the top of the work tree. */
export async function whichIgnored(
  repo: Repo,
  paths: readonly RepoPath[],
): Promise<ReadonlySet<RepoPath>> {
  if (paths.length === 0) return new Set();
  const end = Uint8Array.of(0);
  const input = Buffer.concat(paths.flatMap((path) => [encodeRepoPath(path), end]));
  // Code 1: none of them.
  const result = await runGit(repo, ['check-ignore', '-z', '--stdin'], { input, ok: [0, 1] });
  return new Set(splitNul(result.stdout).map(decodeRepoPath));
}
