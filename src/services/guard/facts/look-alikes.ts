import type { Change } from '../../../domain/change.ts';
import { foldPath } from '../../../domain/text/fold.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { TreeReader } from '../../../git/objects/trees.ts';

/**
 * Added paths that a file system which ignores case or Unicode form would take for another path:
 * one the tree keeps, or one added with them. Only the directories of added paths are read.
 *
 * @param tree what the changes are against; null before the first commit
 */
export async function findLookAlikes(
  tree: TreeReader | null,
  changes: readonly Change[],
): Promise<ReadonlyMap<RepoPath, string>> {
  const lookAlikes = new Map<RepoPath, string>();
  const added = changes.filter(({ before, after }) => before === null && after !== null);
  if (added.length === 0) return lookAlikes;
  const deleted = new Set(changes.filter(({ after }) => after === null).map(({ path }) => path));
  const spellings = new Spellings(tree, deleted);
  for (const { path } of added) {
    const lookAlike = spellings.meet(path) ?? (await spellings.tracked(path));
    if (lookAlike !== null) lookAlikes.set(path, lookAlike);
  }
  return lookAlikes;
}

/** Remembers, for each directory, the names in it by their folded form. */
class Spellings {
  readonly #tree: TreeReader | null;
  readonly #deleted: ReadonlySet<RepoPath>;
  readonly #added = new Map<string, string>();
  readonly #levels = new Map<string, Promise<ReadonlyMap<string, readonly string[]>>>();

  constructor(tree: TreeReader | null, deleted: ReadonlySet<RepoPath>) {
    this.#tree = tree;
    this.#deleted = deleted;
  }

  /** Another spelling of the path or of a directory above it among the paths seen before. */
  meet(path: RepoPath): string | null {
    for (const prefix of prefixes(path)) {
      const folded = foldPath(prefix);
      const first = this.#added.get(folded);
      if (first === undefined) this.#added.set(folded, prefix);
      else if (first !== prefix) return first;
    }
    return null;
  }

  /** Another spelling in the tree that the changes leave in place. */
  async tracked(path: RepoPath): Promise<string | null> {
    for (const prefix of prefixes(path)) {
      const cut = prefix.lastIndexOf('/');
      const directory = prefix.slice(0, Math.max(cut, 0));
      const name = prefix.slice(cut + 1);
      const level = await this.#level(directory);
      if (level.size === 0) return null;
      for (const other of level.get(foldPath(name)) ?? []) {
        const lookAlike = directory === '' ? other : `${directory}/${other}`;
        if (other !== name && (await this.#remains(lookAlike as RepoPath))) return lookAlike;
      }
    }
    return null;
  }

  #level(directory: string): Promise<ReadonlyMap<string, readonly string[]>> {
    let level = this.#levels.get(directory);
    if (!level) this.#levels.set(directory, (level = this.#read(directory)));
    return level;
  }

  async #read(directory: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const byFold = new Map<string, string[]>();
    for (const name of (await this.#tree?.level(directory))?.keys() ?? []) {
      const folded = foldPath(name);
      byFold.set(folded, [...(byFold.get(folded) ?? []), name]);
    }
    return byFold;
  }

  /** Whether anything is left at the path when the deletions are done. */
  async #remains(path: RepoPath): Promise<boolean> {
    const level = await this.#tree?.level(path);
    if (!level) return !this.#deleted.has(path);
    for (const name of level.keys())
      if (await this.#remains(`${path}/${name}` as RepoPath)) return true;
    return false;
  }
}

/** `a/b/c` -> `a`, `a/b`, `a/b/c`. */
function prefixes(path: string): string[] {
  const found: string[] = [];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
    found.push(path.slice(0, at));
  return [...found, path];
}
