import type { Change } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { diffStaged } from '../diff/diff-staged.ts';
import { runGit } from '../process/run.ts';

/**
 * What adding these files and directories of the work tree would change against a tree. The objects
 * are written, filters applied; the index is one of its own. What git ignores is left out.
 *
 * @param indexFile a file in a fresh directory, absolute; it need not exist
 */
export async function pathsAsAdded(
  repo: Repo,
  tree: Oid,
  paths: readonly RepoPath[],
  indexFile: string,
): Promise<Change[]> {
  const environment = { GIT_INDEX_FILE: indexFile };
  await runGit(repo, ['read-tree', tree], { environment });
  const settings = [
    'core.safecrlf=false',
    'advice.addEmbeddedRepo=false',
    'advice.addIgnoredFile=false',
  ];
  const args = [...settings.flatMap((setting) => ['-c', setting]), 'add', '--all', '--'];
  // 1: some of them are ignored. 128: there is nothing by that name, here or in the tree.
  for (const path of paths)
    await runGit(repo, [...args, path], {
      environment: { ...environment, GIT_LITERAL_PATHSPECS: '1' },
      ok: [0, 1, 128],
    });
  return diffStaged(repo, tree, environment);
}
