import type { Entry } from '../../domain/change.ts';
import { endOfEntry, parseTree } from './trees.ts';

/**
 * Every entry that one directory held in any of some trees. Hundreds of states of a directory have
 * nearly all entries in common, so that only those not met before are parsed.
 */
export class PastEntries {
  readonly #oidBytes: number;
  /** Entries as they are written. */
  readonly #met = new Set<string>();
  readonly #byName = new Map<string, Entry[]>();

  constructor(oidBytes: number) {
    this.#oidBytes = oidBytes;
  }

  /**
   * Takes a tree object in.
   *
   * @throws Failure `git` when it is damaged; what stands before the damage is taken in.
   */
  add(tree: Buffer): void {
    for (let at = 0, end; at < tree.length; at = end) {
      end = endOfEntry(tree, at, this.#oidBytes);
      const written = tree.toString('latin1', at, end);
      if (this.#met.has(written)) continue;
      this.#met.add(written);
      for (const [name, entry] of parseTree(tree.subarray(at, end), this.#oidBytes))
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), entry]);
    }
  }

  /** What a name stood for, in the order in which the trees were taken in. */
  named(name: string): readonly Entry[] {
    return this.#byName.get(name) ?? [];
  }
}
