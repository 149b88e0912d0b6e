import type { Entry } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * Writes the tree that `root` becomes when some of its paths change; null removes one. Made in an index
 * of its own: the index, HEAD and the work tree are not looked at.
 *
 * @param indexFile a file in a fresh directory, absolute; it need not exist
 */
export async function writeChangedTree(
  repo: Repo,
  root: Oid,
  changes: readonly { readonly path: RepoPath; readonly after: Entry | null }[],
  indexFile: string,
): Promise<Oid> {
  const environment = { GIT_INDEX_FILE: indexFile };
  await runGit(repo, ['read-tree', root], { environment });
  // What goes makes room first: a file may take the place of a directory.
  const sorted = [...changes].sort((a, b) => Number(a.after !== null) - Number(b.after !== null));
  const lines = sorted.map(({ path, after }) => {
    const entry = after === null ? `0 ${'0'.repeat(root.length)}` : `${after.mode} ${after.oid}`;
    return Buffer.concat([Buffer.from(`${entry}\t`), encodeRepoPath(path), Buffer.of(0)]);
  });
  await runGit(repo, ['update-index', '-z', '--index-info'], {
    environment,
    input: Buffer.concat(lines),
  });
  const { stdout } = await runGit(repo, ['write-tree'], { environment });
  const tree = parseOid(stdout.toString().trimEnd());
  if (tree === null) throw new Failure('git', 'git write-tree printed no object id');
  return tree;
}
