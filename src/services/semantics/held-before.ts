import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { RawEntryChange } from '../../git/history/raw-history.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { PastEntries } from '../../git/objects/past-entries.ts';

/** Bytes of trees that are looked through; what is left of a larger history is not looked at. */
const MOST_BYTES = 64 << 20;

/**
 * What a branch's own line (first parents) held before, read by objects: no git process is started for
 * it. Each directory is read once, however many branches are asked about.
 */
export class HeldBefore {
  readonly #reader: ObjectReader;
  readonly #tip: Oid;
  readonly #most: number;
  readonly #directories = new Map<string, Promise<PastEntries>>();
  #bytes = 0;

  /** @param most commits that are looked back */
  constructor(reader: ObjectReader, tip: Oid, most: number) {
    this.#reader = reader;
    this.#tip = tip;
    this.#most = most;
  }

  /** True where a path would get a content that it had before. */
  async some(effect: readonly RawEntryChange[]): Promise<boolean> {
    const held = effect.map(async ({ path, before, after }) => {
      if (before === null || after === null || before.oid === after.oid) return false;
      const entries = await this.#entries(path);
      return entries.some(({ oid }) => oid === after.oid);
    });
    return (await Promise.all(held)).includes(true);
  }

  /** Everything that was at a path. */
  async #entries(path: string): Promise<ReturnType<PastEntries['named']>> {
    const cut = path.lastIndexOf('/');
    const directory = path.slice(0, Math.max(cut, 0));
    let entries = this.#directories.get(directory);
    if (!entries) this.#directories.set(directory, (entries = this.#read(directory)));
    return (await entries).named(path.slice(cut + 1));
  }

  async #read(directory: string): Promise<PastEntries> {
    const entries = new PastEntries(this.#tip.length / 2);
    const trees = directory === '' ? await this.#roots() : await this.#entries(directory);
    await Promise.all(trees.map(({ oid }) => this.#add(oid, entries)));
    return entries;
  }

  /** Nothing where a partial or damaged clone cannot say, or too much was read: this only finds advice. */
  async #add(oid: Oid, to: PastEntries): Promise<void> {
    if (this.#bytes > MOST_BYTES) return;
    const object = await this.#reader.read(oid);
    if (object?.type !== 'tree') return;
    this.#bytes += object.data.length;
    try {
      to.add(object.data);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }

  async #roots(): Promise<{ readonly oid: Oid }[]> {
    const roots = new Set<Oid>();
    let next: Oid | undefined = this.#tip;
    // The oldest landing is compared with what was there before it.
    for (let left = this.#most + 1; left > 0 && next !== undefined; left -= 1) {
      const commit = await readCommitObject(this.#reader, next);
      if (commit === null) break;
      roots.add(commit.tree);
      [next] = commit.parents;
    }
    return [...roots].map((oid) => ({ oid }));
  }
}
