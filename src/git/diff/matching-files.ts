import { isOrdinaryFile } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { looseObject } from '../objects/loose-object.ts';
import { formatOf } from '../objects/object-format.ts';
import { runGit } from '../process/run.ts';
import { parseRawDiff, RAW_DIFF_OPTIONS } from './raw-diff.ts';

/**
 * The ordinary files of a tree that match one of the pathspecs: everything a diff against the empty tree shows,
 * because `ls-tree` knows no globs.
 */
export async function matchingFiles(
  repo: Repo,
  tree: Oid,
  ...pathspecs: readonly string[]
): Promise<[path: RepoPath, oid: Oid][]> {
  const empty = looseObject(formatOf(tree), 'tree', new Uint8Array()).oid;
  const args = ['diff-tree', '-r', ...RAW_DIFF_OPTIONS, '--end-of-options', empty, tree, '--'];
  const { stdout } = await runGit(repo, [...args, ...pathspecs]);
  return parseRawDiff(stdout).flatMap(({ path, after }) =>
    after !== null && isOrdinaryFile(after) ? [[path, after.oid]] : [],
  );
}
