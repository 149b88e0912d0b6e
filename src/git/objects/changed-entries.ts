import { type Entry, sameEntry } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Level } from './trees.ts';

const NOTHING: Level = new Map();
const isDirectory = (entry: Entry | undefined): entry is Entry => entry?.mode === '040000';

/**
 * The files that differ between two trees, with what the second holds there: null for nothing. Reads only
 * directories that differ.
 *
 * @param read gives one directory level by its oid.
 */
export async function changedEntries(
  read: (tree: Oid) => Promise<Level>,
  before: Oid | null,
  after: Oid | null,
  prefix = '',
): Promise<Map<RepoPath, Entry | null>> {
  const old = before === null ? NOTHING : await read(before);
  const now = after === null ? NOTHING : await read(after);
  const changes = new Map<RepoPath, Entry | null>();
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [left, right] = [old.get(name), now.get(name)];
    if (sameEntry(left ?? null, right ?? null)) continue;
    const path = `${prefix}${name}`;
    if (left && !isDirectory(left)) changes.set(path as RepoPath, null);
    if (isDirectory(left) || isDirectory(right)) {
      const [from, to] = [left, right].map((side) => (isDirectory(side) ? side.oid : null));
      for (const change of await changedEntries(read, from!, to!, `${path}/`))
        changes.set(...change);
    }
    if (right && !isDirectory(right)) changes.set(path as RepoPath, right);
  }
  return changes;
}
