import type { Entry } from '../../domain/change.ts';
import { endOfEntry, parseTree } from './trees.ts';

/** Bytes that are compared at once before they are compared one by one. */
const BLOCK = 512;

/** A tree object, and where its entries begin; its end is the last. */
interface TakenTree {
  readonly data: Buffer;
  readonly starts: readonly number[];
}

/**
 * Every entry that one directory held in any of some trees. Hundreds of states of a directory have nearly all
 * entries in common, most of all with the one taken in before: what is the same in both is not looked at again.
 */
export class PastEntries {
  readonly #oidBytes: number;
  /** Entries as they are written. */
  readonly #met = new Set<string>();
  readonly #byName = new Map<string, Entry[]>();
  #last: TakenTree = { data: Buffer.alloc(0), starts: [0] };

  constructor(oidBytes: number) {
    this.#oidBytes = oidBytes;
  }

  /**
   * Takes a tree object in.
   *
   * @throws Failure `git` when it is damaged; what stands before the damage is taken in.
   */
  add(tree: Buffer): void {
    const { data, starts } = this.#last;
    const taken: number[] = [];
    /** The entry of the last tree that may be the next of this one. */
    let other = 0;
    for (let at = 0; at < tree.length;) {
      const start = starts[other]!;
      const same = lastAtMost(starts, start + sharedBytes(data, start, tree, at));
      if (same > other) {
        for (const each of starts.slice(other, same)) taken.push(each - start + at);
        at += starts[same]! - start;
        other = same;
        continue;
      }
      taken.push(at);
      const end = endOfEntry(tree, at, this.#oidBytes);
      this.#take(tree.subarray(at, end));
      at = end;
      // It stands for the other, or is new, or comes after one that is gone.
      const isNext = (index: number): boolean =>
        index + 1 < starts.length &&
        sharedBytes(data, starts[index]!, tree, at) >= starts[index + 1]! - starts[index]!;
      const next = [other + 1, other, other + 2].find(isNext) ?? other + 1;
      other = Math.min(next, starts.length - 1);
    }
    this.#last = { data: tree, starts: [...taken, tree.length] };
  }

  #take(entry: Buffer): void {
    const written = entry.toString('latin1');
    if (this.#met.has(written)) return;
    this.#met.add(written);
    for (const [name, one] of parseTree(entry, this.#oidBytes))
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), one]);
  }

  /** What a name stood for, in the order in which the trees were taken in. */
  named(name: string): readonly Entry[] {
    return this.#byName.get(name) ?? [];
  }
}

/** The index of the last of some ascending numbers that is not above another; the first is never above it. */
function lastAtMost(ascending: readonly number[], most: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** How many bytes are the same in two buffers, from a place in each. */
function sharedBytes(a: Buffer, from: number, b: Buffer, at: number): number {
  const most = Math.min(a.length - from, b.length - at);
  let same = 0;
  for (; same + BLOCK <= most; same += BLOCK)
    if (a.compare(b, at + same, at + same + BLOCK, from + same, from + same + BLOCK) !== 0) break;
  while (same < most && a[from + same] === b[at + same]) same += 1;
  return same;
}
