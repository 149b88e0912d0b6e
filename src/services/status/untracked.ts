import { decodeRepoPath, encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Repo } from '../../domain/repo.ts';
import { whichIgnored } from '../../git/worktree/which-ignored.ts';
import { walkFiles } from '../../host/walk-files.ts';

export interface Untracked {
  /** A path that ends in `/` is a repository of its own. */
  readonly paths: readonly RepoPath[];
  /** There are more, which were not looked at. */
  readonly more: boolean;
}

/**
 * The untracked files in what git lists: whole directories are looked into here, because git would
 * list millions of files before it says the first one. `repo` stands at the top of the work tree.
 *
 * @param listed as `git status --untracked-files=normal` has them
 * @param most how many are looked at
 */
export async function untrackedFiles(
  repo: Repo,
  listed: readonly string[],
  most: number,
): Promise<Untracked> {
  const files = listed.filter((path) => !path.endsWith('/')) as RepoPath[];
  const found: RepoPath[] = [];
  let more = files.length > most;
  for (const directory of listed.filter((path) => path.endsWith('/'))) {
    const left = most - files.length - found.length;
    if (left <= 0) more = true;
    if (more) break;
    const inside = walkFiles(bytesOf(repo, directory), left);
    const prefix = encodeRepoPath(directory as RepoPath);
    found.push(...inside.paths.map((path) => decodeRepoPath(Buffer.concat([prefix, path]))));
    more = inside.more;
  }
  const ignored = await whichIgnored(repo, found.map(withoutSlash));
  const kept = found.filter((path) => !ignored.has(withoutSlash(path)));
  return { paths: [...files.slice(0, most), ...kept], more };
}

/** Where a path of the repository is in the file system, byte for byte. */
export const bytesOf = ({ directory }: Repo, path: string): Buffer =>
  Buffer.concat([Buffer.from(`${directory}/`), encodeRepoPath(path as RepoPath)]);

export const withoutSlash = (path: string): RepoPath => path.replace(/\/$/, '') as RepoPath;
