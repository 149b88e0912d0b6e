import {
  addBits,
  allBits,
  type Bits,
  bitsOf,
  emptyBits,
  hasBit,
  sameBits,
  setBit,
} from './bits.ts';

/** How the tips of a fleet stand to the base and to each other. Tips are named by their index. */
export interface History {
  readonly tips: readonly TipHistory[];
  /** Pairs where the first tip is an ancestor of the second, and not of the base. */
  readonly stacked: readonly (readonly [earlier: number, later: number])[];
  /** Pairs with commits in common that the base lacks, neither stacked on the other. */
  readonly related: readonly (readonly [number, number])[];
}

export interface TipHistory {
  /** Commits the base does not have. */
  readonly ahead: number;
  /** Commits of the base the tip does not have. */
  readonly behind: number;
  /** The best common ancestors with the base, sorted; none where there is no common history. */
  readonly mergeBases: readonly string[];
}

interface Node {
  /** Who reaches this commit: bit 0 the base, bit k + 1 tip k. */
  readonly reached: Bits;
  /** Null until git has shown the commit. */
  parents: readonly Node[] | null;
  readonly commit: string;
}

const BASE = 0;

/**
 * Finds out about all branches in one walk: commits come newest first, and each carries the set of
 * tips that reach it, down to where all of them meet. What git does for two commits to find their
 * merge bases (commit-reach.c, `paint_down_to_common`), for any number at once.
 */
export class HistoryWalk {
  readonly #nodes = new Map<string, Node>();
  readonly #tips: readonly string[];
  readonly #everyone: Bits;
  /** Commits that were named as a parent, not shown yet, and not reached by everyone. */
  #open = 0;
  /** Fork points, not shown yet, of tips that have several; null while commits are open. */
  #unclear: Set<Node> | null = null;

  constructor(base: string, tips: readonly string[]) {
    this.#tips = tips;
    this.#everyone = allBits(tips.length + 1);
    for (const [bit, commit] of [base, ...tips].entries()) setBit(this.#node(commit).reached, bit);
    this.#open = [...this.#nodes.values()].filter((node) => !this.#isFull(node)).length;
  }

  /** Takes one commit. `enough` once nothing further down can tell the tips apart. */
  visit(commit: string, parents: readonly string[]): 'enough' | 'more' {
    const node = this.#node(commit);
    if (!this.#isFull(node)) this.#open -= 1;
    node.parents = parents.map((parent) => this.#node(parent));
    this.#passOn(node);
    if (this.#open > 0) return 'more';
    this.#unclear ??= this.#unclearForkPoints();
    this.#unclear.delete(node);
    return this.#unclear.size === 0 ? 'enough' : 'more';
  }

  /** Commits that were named and not shown yet; the walk needs them. */
  frontier(): string[] {
    return [...this.#nodes.values()]
      .filter((node) => node.parents === null && !this.#isFull(node))
      .map(({ commit }) => commit);
  }

  /** The tips that reach a commit, and whether the base does. */
  reaching(commit: string): { readonly base: boolean; readonly tips: readonly number[] } {
    const reached = [...bitsOf(this.#node(commit).reached)];
    return {
      base: reached[0] === BASE,
      tips: reached.filter((bit) => bit !== BASE).map((bit) => bit - 1),
    };
  }

  result(): History {
    return { tips: this.#tipHistories(), ...this.#kinship() };
  }

  #node(commit: string): Node {
    let node = this.#nodes.get(commit);
    if (!node) {
      node = { reached: emptyBits(this.#tips.length + 1), parents: null, commit };
      this.#nodes.set(commit, node);
      this.#open += 1;
    }
    return node;
  }

  #isFull({ reached }: Node): boolean {
    return sameBits(reached, this.#everyone);
  }

  /** Hands a commit's set to its parents, and on where a clock ran wrong and they came first. */
  #passOn(start: Node): void {
    const work = [start];
    for (let node = work.pop(); node; node = work.pop())
      for (const parent of node.parents!) {
        const wasOpen = parent.parents === null && !this.#isFull(parent);
        if (!addBits(parent.reached, node.reached)) continue;
        if (parent.parents !== null) work.push(parent);
        else if (wasOpen && this.#isFull(parent)) this.#open -= 1;
      }
  }

  #tipHistories(): TipHistory[] {
    const mergeBases = this.#forkPoints().map((nodes) => nodes.map(({ commit }) => commit).sort());
    const tips = mergeBases.map((of) => ({ ahead: 0, behind: 0, mergeBases: of }));
    for (const node of this.#nodes.values())
      if (!hasBit(node.reached, BASE))
        for (const bit of bitsOf(node.reached)) tips[bit - 1]!.ahead += 1;
      else for (const bit of bitsOf(this.#everyone, node.reached)) tips[bit - 1]!.behind += 1;
    return tips;
  }

  /** For each tip the commits it has in common with the base, but for what lies below one of them. */
  #forkPoints(): Node[][] {
    const points = this.#tips.map((): Node[] => []);
    const covered = this.#coveredByChildren();
    for (const node of this.#nodes.values())
      if (hasBit(node.reached, BASE))
        for (const bit of bitsOf(node.reached, covered.get(node)))
          if (bit !== BASE) points[bit - 1]!.push(node);
    return points;
  }

  /**
   * One fork point may still turn out to lie below another, as where both sides have merged the same
   * topic without fast-forward; what lies above it comes before it, unless a clock ran wrong.
   */
  #unclearForkPoints(): Set<Node> {
    const several = this.#forkPoints().filter((points) => points.length > 1);
    return new Set(several.flat().filter(({ parents }) => parents === null));
  }

  /** For each commit of the base, the tips that reach it through another commit of the base. */
  #coveredByChildren(): Map<Node, Bits> {
    const covered = new Map<Node, Bits>();
    for (const node of this.#nodes.values()) {
      if (!hasBit(node.reached, BASE)) continue;
      for (const parent of node.parents ?? []) {
        const bits = covered.get(parent) ?? emptyBits(this.#tips.length + 1);
        addBits(bits, node.reached);
        covered.set(parent, bits);
      }
    }
    return covered;
  }

  #kinship(): Pick<History, 'related' | 'stacked'> {
    const stacked: [number, number][] = [];
    for (const [earlier, commit] of this.#tips.entries()) {
      const { base, tips } = this.reaching(commit);
      if (base) continue;
      for (const later of tips) if (this.#tips[later] !== commit) stacked.push([earlier, later]);
    }
    const size = this.#tips.length;
    const known = new Set(stacked.map(([x, y]) => Math.min(x, y) * size + Math.max(x, y)));
    const related = new Set<number>();
    for (const tips of this.#sharedSets())
      for (const [at, a] of tips.entries())
        for (const b of tips.slice(at + 1))
          if (!known.has(a * size + b) && this.#tips[a] !== this.#tips[b])
            related.add(a * size + b);
    const pairs = [...related].sort((x, y) => x - y);
    return { stacked, related: pairs.map((key) => [Math.floor(key / size), key % size]) };
  }

  /** The different sets of two or more tips that share a commit the base lacks. */
  #sharedSets(): Iterable<readonly number[]> {
    const sets = new Map<string, readonly number[]>();
    for (const { reached } of this.#nodes.values())
      if (!hasBit(reached, BASE)) {
        const key = reached.join();
        if (!sets.has(key))
          sets.set(
            key,
            [...bitsOf(reached)].map((bit) => bit - 1),
          );
      }
    return [...sets.values()].filter((tips) => tips.length > 1);
  }
}
