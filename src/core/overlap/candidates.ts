import type { FileChange, Footprint } from '../../domain/footprint.ts';
import { directoriesAbove, type RepoPath } from '../../domain/path.ts';

/** Two branches that may collide, as indexes into the fleet; `a` is the smaller. */
export interface Candidate {
  readonly a: number;
  readonly b: number;
  /** The files both change, in the order of their paths. */
  readonly shared: readonly SharedFile[];
  /** They may collide in other ways than through a shared path. */
  readonly structural: boolean;
}

export interface SharedFile {
  readonly path: RepoPath;
  readonly a: FileChange;
  readonly b: FileChange;
}

interface Draft {
  readonly a: number;
  readonly b: number;
  readonly shared: SharedFile[];
  structural: boolean;
}

/**
 * The pairs worth looking into, of all pairs of the fleet, in order. Two branches that are not among
 * them merge: git can only stumble over a path both change, over an addition to a directory that the
 * other renamed or removed, over a file where the other has a directory, and over what related
 * branches have in common.
 *
 * @param footprints null for branches that take no part.
 * @param kin pairs with commits in common that the base lacks.
 */
export function findCandidates(
  footprints: readonly (Footprint | null)[],
  kin: readonly (readonly [number, number])[] = [],
): Candidate[] {
  const pairs = new Pairs(footprints.length);
  const index = indexPaths(footprints);
  for (const touching of index.values()) shareEachOther(touching, pairs);
  collideWithFiles(footprints, index, pairs);
  collideWithRemovedDirectories(footprints, pairs);
  for (const [a, b] of kin) if (footprints[a] && footprints[b]) pairs.of(a, b).structural = true;
  return pairs.sorted();
}

interface Touch {
  readonly branch: number;
  readonly change: FileChange;
}

function indexPaths(footprints: readonly (Footprint | null)[]): Map<string, Touch[]> {
  const index = new Map<string, Touch[]>();
  for (const [branch, footprint] of footprints.entries())
    for (const change of footprint?.changes ?? []) {
      const touching = index.get(change.path);
      if (touching) touching.push({ branch, change });
      else index.set(change.path, [{ branch, change }]);
    }
  return index;
}

function shareEachOther(touching: readonly Touch[], pairs: Pairs): void {
  for (const [at, first] of touching.entries())
    for (const second of touching.slice(at + 1)) {
      const { path } = first.change;
      const shared = { path, a: first.change, b: second.change };
      pairs.of(first.branch, second.branch).shared.push(shared);
    }
}

/** `a` of one branch against `a/b` of another. */
function collideWithFiles(
  footprints: readonly (Footprint | null)[],
  index: ReadonlyMap<string, readonly Touch[]>,
  pairs: Pairs,
): void {
  for (const [branch, footprint] of footprints.entries())
    for (const { path } of footprint?.changes ?? [])
      for (const directory of directoriesAbove(path))
        for (const other of index.get(directory) ?? [])
          if (other.branch !== branch) pairs.of(branch, other.branch).structural = true;
}

/** Something added below a directory that another branch renamed or removed. */
function collideWithRemovedDirectories(
  footprints: readonly (Footprint | null)[],
  pairs: Pairs,
): void {
  const removed = new Map<string, number[]>();
  for (const [branch, footprint] of footprints.entries())
    for (const directory of footprint?.removedDirectories ?? [])
      removed.set(directory, [...(removed.get(directory) ?? []), branch]);
  if (removed.size === 0) return;
  for (const [branch, footprint] of footprints.entries())
    for (const { path, before } of footprint?.changes ?? [])
      if (before === null)
        for (const directory of directoriesAbove(path))
          for (const other of removed.get(directory) ?? [])
            if (other !== branch) pairs.of(branch, other).structural = true;
}

class Pairs {
  readonly #drafts = new Map<number, Draft>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  of(one: number, other: number): Draft {
    const [a, b] = one < other ? [one, other] : [other, one];
    const key = a * this.#size + b;
    let draft = this.#drafts.get(key);
    if (!draft) this.#drafts.set(key, (draft = { a, b, shared: [], structural: false }));
    return draft;
  }

  sorted(): Candidate[] {
    for (const { shared } of this.#drafts.values())
      shared.sort((x, y) => (x.path < y.path ? -1 : 1));
    return [...this.#drafts].sort(([x], [y]) => x - y).map(([, draft]) => draft);
  }
}
