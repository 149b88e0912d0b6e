import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { LevelReader, repeatedName, TreeReader } from '../../git/objects/trees.ts';

/**
 * Refuses to decide about a commit with a directory that holds a name twice: which of the two a merge or a
 * checkout takes differs from program to program, so no list says what landing it comes to. git lists the
 * second one as an addition, so only directories of added paths are looked at.
 *
 * @throws Failure `git` that names the directory
 */
export async function refuseRepeatedNames(
  reader: ObjectReader,
  head: Oid,
  changes: readonly Change[],
): Promise<void> {
  const added = changes.filter(({ before, after }) => before === null && after !== null);
  const at = added.length === 0 ? null : await readCommitTree(reader, head);
  if (at === null) return;
  const tree = new TreeReader(reader, at.tree, new LevelReader(reader));
  for (const directory of directoriesOf(added)) {
    const entry = directory === '' ? { oid: at.tree } : await tree.entry(directory as RepoPath);
    const object = entry && (await reader.read(entry.oid));
    if (object?.type !== 'tree') continue;
    const name = repeatedName(object.data, object.oid.length / 2);
    if (name === null) continue;
    const where = directory === '' ? name : `${directory}/${name}`;
    const what = `${head.slice(0, 10)} has ${JSON.stringify(where)} twice: nobody can tell which would land`;
    throw new Failure('git', what, [hintTo('see what else is wrong with it', `git fsck ${head}`)]);
  }
}

/** The directories of paths and all above them, '' for the top. */
function directoriesOf(changes: readonly Change[]): Set<string> {
  const found = new Set(['']);
  for (const { path } of changes)
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      if (found.has(path.slice(0, cut))) break;
      found.add(path.slice(0, cut));
    }
  return found;
}
