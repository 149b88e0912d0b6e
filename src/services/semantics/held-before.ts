import type { Oid } from '../../domain/refs.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { LevelReader } from '../../git/objects/trees.ts';
import type { RawEntryChange } from '../../git/history/raw-history.ts';

/** What a branch's own line (first parents) held before, read by objects: no git process is started for it. */
export class HeldBefore {
  readonly #levels: LevelReader;
  readonly #roots: Promise<readonly Oid[]>;
  /** The trees that one directory has been, each once. */
  readonly #directories = new Map<string, Promise<readonly Oid[]>>();

  /** @param most commits that are looked back */
  constructor(reader: ObjectReader, tip: Oid, most: number) {
    this.#levels = new LevelReader(reader);
    this.#roots = rootsOf(reader, tip, most);
  }

  /** True where a path would get a content that it had before. */
  async some(effect: readonly RawEntryChange[]): Promise<boolean> {
    const held = effect.map(async ({ path, before, after }) => {
      if (before === null || after === null || before.oid === after.oid) return false;
      const cut = path.lastIndexOf('/');
      const trees = await this.#directory(cut < 0 ? '' : path.slice(0, cut));
      const levels = await Promise.all(trees.map((tree) => this.#levels.read(tree)));
      return levels.some((level) => level.get(path.slice(cut + 1))?.oid === after.oid);
    });
    return (await Promise.all(held)).includes(true);
  }

  #directory(path: string): Promise<readonly Oid[]> {
    if (path === '') return this.#roots;
    let trees = this.#directories.get(path);
    if (!trees) this.#directories.set(path, (trees = this.#within(path)));
    return trees;
  }

  async #within(path: string): Promise<readonly Oid[]> {
    const cut = path.lastIndexOf('/');
    const above = await this.#directory(cut < 0 ? '' : path.slice(0, cut));
    const levels = await Promise.all(above.map((tree) => this.#levels.read(tree)));
    const entries = levels.flatMap((level) => level.get(path.slice(cut + 1)) ?? []);
    return [...new Set(entries.filter(({ mode }) => mode === '040000').map(({ oid }) => oid))];
  }
}

async function rootsOf(reader: ObjectReader, tip: Oid, most: number): Promise<readonly Oid[]> {
  const roots = new Set<Oid>();
  let next: Oid | undefined = tip;
  // The oldest landing is compared with what was there before it.
  for (let left = most + 1; left > 0 && next !== undefined; left -= 1) {
    const commit = await readCommitObject(reader, next);
    if (commit === null) break;
    roots.add(commit.tree);
    [next] = commit.parents;
  }
  return [...roots];
}
