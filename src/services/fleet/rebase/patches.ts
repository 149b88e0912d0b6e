import type { Oid } from '../../../domain/refs.ts';
import type { TreePair } from '../../../git/diff/diff-pairs.ts';
import { patchIds } from '../../../git/diff/patch-ids.ts';
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
    const commits = new Map(
      [...fresh].map(([key, { before, after }]) => {
        const parent = this.#lab.commit({ tree: before, parents: [], time: 0 });
        const commit = this.#lab.commit({ tree: after, parents: [parent], time: 0 });
        return [key, { commit, parent }] as const;
      }),
    );
    const ids = await patchIds(this.#lab.repo, [...commits.values()]);
    // What has no patch is the same only where the trees are.
    for (const [key, { commit }] of commits) this.#known.set(key, ids.get(commit) ?? key);
  }

  areSame(one: TreePair, other: TreePair): boolean {
    return this.#known.get(keyOf(one)) === this.#known.get(keyOf(other));
  }
}

const keyOf = ({ before, after }: { before: Oid; after: Oid }): string => `${before} ${after}`;
