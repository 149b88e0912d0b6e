import { decodeRepoPath, encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/**
 * Tracked files that git was told not to look at (`update-index --assume-unchanged` and
 * `--skip-worktree`), so that `git status` shows no change of theirs. Those of a sparse checkout are
 * among them, and are not there.
 */
export async function unwatchedFiles(repo: Repo): Promise<RepoPath[]> {
  const { stdout } = await runGit(repo, ['ls-files', '-v', '-z']);
  return splitNul(stdout).flatMap((record) => {
    const tag = String.fromCharCode(record[0] ?? 0);
    // git-ls-files(1): lower case is assumed unchanged, `S` is skipped.
    return tag === 'S' || tag !== tag.toUpperCase() ? [decodeRepoPath(record.subarray(2))] : [];
  });
}

/**
 * Those of the paths that differ from the index all the same, absent ones too.
 *
 * @param copy a copy of the index, which is written to.
 */
export async function changedAllTheSame(
  repo: Repo,
  paths: readonly RepoPath[],
  copy: string,
): Promise<RepoPath[]> {
  const environment = { GIT_INDEX_FILE: copy };
  const input = Buffer.concat(paths.flatMap((path) => [encodeRepoPath(path), Uint8Array.of(0)]));
  for (const watch of ['--no-assume-unchanged', '--no-skip-worktree'])
    await runGit(repo, ['update-index', watch, '-z', '--stdin'], { input, environment });
  const options = ['--name-only', '-z', '--ignore-submodules=all'];
  const { stdout } = await runGit(repo, ['diff-files', ...options], { environment });
  const wanted = new Set(paths);
  return splitNul(stdout)
    .map(decodeRepoPath)
    .filter((path) => wanted.has(path));
}
