import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/** Who made one commit, and the paths it changed. */
export interface CommitPaths {
  /** The author's name, after `.mailmap`. */
  readonly author: string;
  readonly paths: readonly RepoPath[];
}

/** The newest commits HEAD reaches, merges left out; none before the first commit. */
export async function recentCommits(repo: Repo, limit: number): Promise<CommitPaths[]> {
  const head = await runGit(repo, ['rev-parse', '--verify', '--quiet', 'HEAD'], { ok: [0, 1] });
  if (head.code === 1) return [];
  const shape = ['-z', '--name-only', '--no-renames', '--format=tformat:%x00%aN'];
  const args = ['log', `--max-count=${limit}`, '--no-merges', ...shape];
  return parseLog((await runGit(repo, [...args, 'HEAD', '--'])).stdout);
}

/**
 * Reads the log in the format above. An empty field opens a commit, the author follows, then one
 * line feed and the paths; neither an author nor a path can hold a NUL, and no path is empty.
 */
export function parseLog(output: Buffer): CommitPaths[] {
  const commits: { author: string; paths: RepoPath[] }[] = [];
  const fields = splitNul(output);
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at]!;
    if (field.length === 0) {
      commits.push({ author: fields[(at += 1)]?.toString() ?? '', paths: [] });
      continue;
    }
    const paths = commits.at(-1)!.paths;
    paths.push(decodeRepoPath(paths.length === 0 ? field.subarray(1) : field));
  }
  return commits;
}
