import type { Oid } from '../../../domain/refs.ts';
import type { TreePair } from '../../../git/diff/diff-pairs.ts';
import type { Lab } from '../lab/lab.ts';

/** Which changes are one patch to git, whatever the commits that make them are called. */
export class Patches {
  readonly #lab: Lab;
  readonly #known = new Map<string, string>();

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Finds out about all of them at once; has to come before they are compared. */
  async read(pairs: readonly TreePair[]): Promise<void> {
    const fresh = new Map(
      pairs.filter((pair) => !this.#known.has(keyOf(pair))).map((pair) => [keyOf(pair), pair]),
    );
    const ids = await this.#lab.patchIds([...fresh.values()]);
    // What has no patch, or none that can be read, is the same only where the trees are.
    for (const [at, key] of [...fresh.keys()].entries()) {
      const id = ids[at]!;
      this.#known.set(key, typeof id === 'string' ? id : key);
    }
  }

  areSame(one: TreePair, other: TreePair): boolean {
    return this.#known.get(keyOf(one)) === this.#known.get(keyOf(other));
  }
}

const keyOf = ({ before, after }: { before: Oid; after: Oid }): string => `${before} ${after}`;
