import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/** A file under another name, as git guesses by content. */
export interface Rename {
  readonly from: RepoPath;
  readonly to: RepoPath;
}

const LIST = ['--name-status', '-z', '-M', '--diff-filter=R', '--no-relative', '--no-ext-diff'];
const PLAIN = ['--ignore-submodules=none', '--no-textconv', '--no-color', '-O/dev/null'];

/** What one tree or commit renames against another. */
export async function treeRenames(repo: Repo, before: Oid, after: Oid): Promise<Rename[]> {
  const args = ['diff-tree', '-r', ...LIST, ...PLAIN, '--end-of-options', before, after];
  return parseRenames((await runGit(repo, args)).stdout);
}

/** What the index renames against HEAD. */
export async function stagedRenames(repo: Repo): Promise<Rename[]> {
  const args = ['diff', '--cached', ...LIST, ...PLAIN, '--'];
  return parseRenames((await runGit(repo, args)).stdout);
}

/** Each path with the other half of its rename. */
export const renameHalves = (renames: readonly Rename[]): ReadonlyMap<RepoPath, RepoPath> =>
  new Map(
    renames.flatMap(({ from, to }) => [
      [from, to],
      [to, from],
    ]),
  );

/** `R<similarity> NUL <from> NUL <to> NUL`, again and again. */
function parseRenames(output: Buffer): Rename[] {
  const fields = splitNul(output);
  const renames: Rename[] = [];
  for (let at = 0; at + 2 < fields.length; at += 3)
    renames.push({ from: decodeRepoPath(fields[at + 1]!), to: decodeRepoPath(fields[at + 2]!) });
  return renames;
}
