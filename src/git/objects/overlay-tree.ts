import type { Entry } from '../../domain/change.ts';
import { encodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Level } from './trees.ts';

/** Where directories are read from and written to. */
export interface TreeStore {
  /** One directory level by its oid. */
  read(tree: Oid): Promise<Level>;
  /** Stores a level whose names come in git's order. */
  write(level: Level): Oid;
}

const NOTHING: Level = new Map();
const DIRECTORY = '040000';
const isDirectory = (entry: Entry | undefined): boolean => entry?.mode === DIRECTORY;

/**
 * The tree that another becomes when some of its files change; null removes one. Directories come and go
 * with what is in them. Only those on the way to a change are read.
 *
 * @param root null for no tree.
 * @returns null when nothing is left.
 */
export async function overlayTree(
  store: TreeStore,
  root: Oid | null,
  changes: ReadonlyMap<string, Entry | null>,
): Promise<Oid | null> {
  const before = root === null ? NOTHING : await store.read(root);
  const level = new Map(before);
  let inOrder = true;
  const put = (name: string, entry: Entry): void => {
    // A map keeps the place of a name it has; directories are sorted in another way than files.
    inOrder &&= level.has(name) && isDirectory(before.get(name)) === isDirectory(entry);
    level.set(name, entry);
  };
  const files = new Map<string, Entry>();
  const below = new Map<string, Map<string, Entry | null>>();
  for (const [path, entry] of changes) {
    const cut = path.indexOf('/');
    const [name, rest] = [path.slice(0, cut), path.slice(cut + 1)];
    if (cut >= 0) below.set(name, (below.get(name) ?? new Map()).set(rest, entry));
    else if (entry === null) level.delete(path);
    else files.set(path, entry);
  }
  for (const [name, inside] of below) {
    const known = level.get(name);
    const directory = known?.mode === DIRECTORY ? known.oid : null;
    const oid = await overlayTree(store, directory, inside);
    if (oid === null) level.delete(name);
    else put(name, { mode: DIRECTORY, oid });
  }
  // Last, because a file may take the place of a directory whose files go.
  for (const [name, entry] of files) put(name, entry);
  return level.size === 0 ? null : store.write(inOrder ? level : inGitOrder(level));
}

/** By the bytes of their names, a directory as if its name ended in `/`. Source: tree.c, `base_name_compare`. */
export function inGitOrder(level: Level): Level {
  const keyed = Array.from(level, (entry) => {
    const key = isDirectory(entry[1]) ? `${entry[0]}/` : entry[0];
    return { entry, key, plain: PLAIN.test(key) };
  });
  const sorted = keyed.sort((a, b) => {
    if (a.plain && b.plain) return a.key < b.key ? -1 : 1;
    return Buffer.compare(encodeRepoPath(a.key as RepoPath), encodeRepoPath(b.key as RepoPath));
  });
  return new Map(sorted.map(({ entry }) => entry));
}

/** Of these characters, the order is that of their bytes in UTF-8. */
const PLAIN = /^[\0-\ud7ff]*$/;
