import { encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * Puts paths of the index back as a commit has them, and leaves the work tree as it is.
 *
 * @param source such as `HEAD`; null before the first commit
 */
export async function unstagePaths(
  repo: Repo,
  paths: readonly RepoPath[],
  source: string | null,
): Promise<void> {
  if (paths.length === 0) return;
  const input = Buffer.concat(
    paths.flatMap((path) => [Buffer.from(encodeRepoPath(path)), Buffer.of(0)]),
  );
  const verb =
    source === null
      ? ['rm', '--cached', '-r', '-q', '--ignore-unmatch']
      : ['restore', '--staged', '--quiet', `--source=${source}`];
  await runGit(repo, [...verb, '--pathspec-from-file=-', '--pathspec-file-nul'], {
    input,
    environment: { GIT_LITERAL_PATHSPECS: '1' },
  });
}
