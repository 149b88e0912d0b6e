import type { Oid } from '../../domain/refs.ts';
import type { RawEntryChange } from '../../git/history/raw-history.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';

/** Bytes of trees that are looked through; what is left of a larger history is not looked at. */
const MOST_BYTES = 64 << 20;
const NOTHING = Buffer.alloc(0);

/**
 * What a branch's own line (first parents) held before, read by objects: no git process is started for
 * it. Trees are searched as they are written, `<mode> SP <name> NUL <oid bytes>`, because parsing
 * hundreds of them takes longer than all the rest.
 */
export class HeldBefore {
  readonly #reader: ObjectReader;
  readonly #roots: Promise<readonly Oid[]>;
  readonly #trees = new Map<Oid, Promise<Buffer>>();
  /** The trees that one directory has been, each once. */
  readonly #directories = new Map<string, Promise<readonly Oid[]>>();
  #bytes = 0;

  /** @param most commits that are looked back */
  constructor(reader: ObjectReader, tip: Oid, most: number) {
    this.#reader = reader;
    this.#roots = rootsOf(reader, tip, most);
  }

  /** True where a path would get a content that it had before. */
  async some(effect: readonly RawEntryChange[]): Promise<boolean> {
    const held = effect.map(async ({ path, before, after }) => {
      if (before === null || after === null || before.oid === after.oid) return false;
      const [directory, name] = split(path);
      const entry = Buffer.concat([Buffer.from(` ${name}\0`), Buffer.from(after.oid, 'hex')]);
      const trees = await this.#read(await this.#directory(directory));
      return trees.some((tree) => tree.includes(entry));
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
    const [directory, name] = split(path);
    const entry = Buffer.from(`40000 ${name}\0`);
    const above = await this.#directory(directory);
    const found = (await this.#read(above)).flatMap((tree): Oid[] => {
      const at = tree.indexOf(entry);
      const from = at + entry.length;
      return at < 0 ? [] : [tree.toString('hex', from, from + above[0]!.length / 2) as Oid];
    });
    return [...new Set(found)];
  }

  #read(trees: readonly Oid[]): Promise<Buffer[]> {
    return Promise.all(
      trees.map((oid) => {
        let tree = this.#trees.get(oid);
        if (!tree) this.#trees.set(oid, (tree = this.#load(oid)));
        return tree;
      }),
    );
  }

  /** Empty where a partial or damaged clone cannot say, or too much was read: this only finds advice. */
  async #load(oid: Oid): Promise<Buffer> {
    if (this.#bytes > MOST_BYTES) return NOTHING;
    const object = await this.#reader.read(oid);
    if (object?.type !== 'tree') return NOTHING;
    this.#bytes += object.data.length;
    return object.data;
  }
}

/** A path as its directory, '' for the top, and its name. */
function split(path: string): [directory: string, name: string] {
  const cut = path.lastIndexOf('/');
  return [path.slice(0, Math.max(cut, 0)), path.slice(cut + 1)];
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
