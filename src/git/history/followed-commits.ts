import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';
import { settingNames } from '../worktree/settings.ts';
import { type CommitPaths, recentCommits } from './recent-commits.ts';

/**
 * The newest commits HEAD reaches, merges left out, with every path called what it is called now, whatever it was
 * called when it was changed: a tree that was rearranged has its history all the same. git finds what was moved by
 * content, which a partial clone would have to fetch; there, and where some content is missing, paths are what
 * they were.
 */
export async function followedCommits(repo: Repo, limit: number): Promise<CommitPaths[]> {
  if ((await settingNames(repo, 'remote', 'promisor')).length > 0)
    return recentCommits(repo, limit);
  const head = await runGit(repo, ['rev-parse', '--verify', '--quiet', 'HEAD'], { ok: [0, 1] });
  if (head.code === 1) return [];
  const shape = ['-z', '--name-status', '--find-renames', '--format=tformat:%x00%aN'];
  const args = ['log', `--max-count=${limit}`, '--no-merges', ...shape];
  const log = await runGit(repo, [...args, 'HEAD', '--'], { ok: [0, 128] });
  return log.code === 0 ? parseMovingLog(log.stdout) : recentCommits(repo, limit);
}

/**
 * Reads that log, newest first: what `parseLog` reads, with a status before each path, and two paths behind that
 * of a move.
 */
export function parseMovingLog(output: Buffer): CommitPaths[] {
  const commits: { author: string; paths: RepoPath[] }[] = [];
  const fields = splitNul(output);
  const now = new Map<RepoPath, RepoPath>();
  let moved: [from: RepoPath, to: RepoPath][] = [];
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at]!;
    if (field.length === 0) {
      commits.push({ author: fields[(at += 1)]?.toString() ?? '', paths: [] });
      for (const [from, to] of moved) now.set(from, to);
      moved = [];
      continue;
    }
    const nameNow = (): RepoPath => {
      const path = decodeRepoPath(fields[(at += 1)]!);
      return now.get(path) ?? path;
    };
    const isMove = field.toString().trimStart().startsWith('R');
    const from = isMove ? decodeRepoPath(fields[(at += 1)]!) : null;
    const path = nameNow();
    commits.at(-1)!.paths.push(path);
    if (from !== null) moved.push([from, path]);
  }
  return commits;
}
