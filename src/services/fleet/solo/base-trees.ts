import { sameEntry } from '../../../domain/change.ts';
import type { Footprint, MetFile } from '../../../domain/footprint.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import { readCommitObject } from '../../../git/objects/commit.ts';
import type { ObjectReader } from '../../../git/objects/object-reader.ts';
import { LevelReader, TreeReader } from '../../../git/objects/trees.ts';
import type { Encounter } from '../fleet-branch.ts';

/** Compares what a branch did with what became of the base, path by path. */
export class BaseTrees {
  readonly #reader: ObjectReader;
  readonly #levels: LevelReader;
  readonly #now: TreeReader;
  readonly #began = new Map<string, Promise<TreeReader>>();

  /** @param tree the base's. */
  constructor(reader: ObjectReader, tree: Oid) {
    this.#reader = reader;
    this.#levels = new LevelReader(reader);
    this.#now = new TreeReader(reader, tree, this.#levels);
  }

  /**
   * Where the two come together: the reasoning of `findCandidates`, with the base as the other branch.
   *
   * @param mergeBase the one commit they have in common.
   * @param own what the branch changed since then.
   */
  async meet(mergeBase: string, own: Footprint): Promise<Encounter> {
    const began = await this.began(mergeBase);
    const met: MetFile[] = [];
    let byFiles = true;
    let directories = false;
    for (const { path, before, after } of own.changes) {
      const now = await this.#now.entry(path);
      if (!sameEntry(now, before)) {
        met.push({ path, before, after, now });
        if (!now || !before || !after || now.mode === '040000') byFiles = false;
        if (now?.mode === '040000') directories = true;
      } else if (before === null && (await this.#isMoved(began, parentOf(path))))
        directories = true;
    }
    for (const directory of own.removedDirectories) {
      const [now, before] = await Promise.all([this.#now.entry(directory), began.entry(directory)]);
      if (!sameEntry(now, before)) directories = true;
    }
    return { met, byFiles: byFiles && !directories, directories };
  }

  /** Whether something stands where a directory is needed, or the base has done away with it. */
  async #isMoved(began: TreeReader, directory: RepoPath | null): Promise<boolean> {
    if (directory === null) return false;
    const now = await this.#now.entry(directory);
    if (now !== null) return now.mode !== '040000';
    if ((await began.entry(directory)) !== null) return true;
    return this.#isMoved(began, parentOf(directory));
  }

  /** The tree of a commit. */
  began(commit: string): Promise<TreeReader> {
    let tree = this.#began.get(commit);
    if (!tree) this.#began.set(commit, (tree = this.#readTree(commit)));
    return tree;
  }

  async #readTree(commit: string): Promise<TreeReader> {
    const { tree } = (await readCommitObject(this.#reader, commit))!;
    return new TreeReader(this.#reader, tree, this.#levels);
  }
}

function parentOf(path: RepoPath): RepoPath | null {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? null : (path.slice(0, cut) as RepoPath);
}
