import type { Entry } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import { looseTree } from '../../git/objects/loose-object.ts';
import { formatOf } from '../../git/objects/object-format.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { overlayTree } from '../../git/objects/overlay-tree.ts';
import { type Level, LevelReader } from '../../git/objects/trees.ts';
import { type ObjectHome, writeObjects } from './write-objects.ts';

/**
 * Writes the tree that `root` becomes when some of its paths change; null removes one. The index, HEAD and
 * the work tree are not looked at, and no process is started.
 */
export async function writeChangedTree(
  home: ObjectHome & { readonly reader: ObjectReader },
  root: Oid,
  changes: readonly { readonly path: RepoPath; readonly after: Entry | null }[],
): Promise<Oid> {
  const levels = new LevelReader(home.reader);
  const write = (level: Level): Oid => {
    const tree = looseTree(formatOf(root), level);
    writeObjects(home, [tree]);
    return tree.oid;
  };
  const after = new Map(changes.map((change) => [change.path, change.after]));
  const made = await overlayTree({ read: (oid) => levels.read(oid), write }, root, after);
  return made ?? write(new Map());
}
