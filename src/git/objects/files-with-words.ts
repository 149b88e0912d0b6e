import { Failure } from '../../domain/failure.ts';
import type { RepoPath } from '../../domain/path.ts';
import { decodeRepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { splitNul } from '../process/split-nul.ts';
import { runGit } from '../process/run.ts';

/**
 * The text files of a tree that hold any of the words, in one process; git-grep(1).
 *
 * @param words letters, digits and `_` only; never empty
 * @param paths pathspecs
 * @throws Failure `git` where contents are not here: git leaves them out and says so
 */
export async function filesWithWords(
  repo: Repo,
  tree: Oid,
  words: readonly string[],
  paths: readonly string[],
): Promise<RepoPath[]> {
  const options = ['-z', '-I', '-l', '-w', '-F', '--no-color', '--full-name', '--no-textconv'];
  const args = ['grep', ...options, ...words.flatMap((word) => ['-e', word]), tree, '--', ...paths];
  const { stdout, stderr } = await runGit(repo, args, { ok: [0, 1] });
  if (stderr !== '') throw new Failure('git', `git grep left something out: ${stderr.trim()}`);
  // Each is `<tree>:<path>`.
  return splitNul(stdout).map((field) => decodeRepoPath(field.subarray(tree.length + 1)));
}
