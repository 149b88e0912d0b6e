import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { RawEntryChange } from '../../git/history/raw-history.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { PastEntries } from '../../git/objects/past-entries.ts';

/**
 * Bytes of trees that are looked through of one directory, newest first; what is left of a larger history is
 * not looked at. It is the same whoever else is asked about, so that every run finds the same.
 */
const MOST_BYTES = 16 << 20;

/** Trees that are read at once. */
const AT_ONCE = 64;

/**
 * What a branch's own line (first parents) held before, read by objects: no git process is started for
 * it. Each directory is read once, however many branches are asked about.
 */
export class HeldBefore {
  readonly #reader: ObjectReader;
  readonly #tip: Oid;
  readonly #most: number;
  readonly #directories = new Map<string, Promise<PastEntries>>();
  /** False where something was not here, or is damaged: it may be found another time. */
  isWhole = true;

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
    let bytes = 0;
    for (let at = 0; at < trees.length && bytes < MOST_BYTES; at += AT_ONCE) {
      const some = trees.slice(at, at + AT_ONCE);
      const read = await Promise.all(some.map(({ oid }) => this.#reader.read(oid)));
      for (const object of read) {
        if (object?.type === 'tree') this.#add(object.data, entries);
        else this.isWhole &&= object !== null;
        bytes += object?.size ?? 0;
      }
    }
    return entries;
  }

  /** This only finds advice: what is damaged says nothing. */
  #add(tree: Buffer, to: PastEntries): void {
    try {
      to.add(tree);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.isWhole = false;
    }
  }

  async #roots(): Promise<{ readonly oid: Oid }[]> {
    const roots = new Set<Oid>();
    let next: Oid | undefined = this.#tip;
    // The oldest landing is compared with what was there before it.
    for (let left = this.#most + 1; left > 0 && next !== undefined; left -= 1) {
      const commit = await readCommitObject(this.#reader, next);
      if (commit === null) {
        this.isWhole = false;
        break;
      }
      roots.add(commit.tree);
      [next] = commit.parents;
    }
    return [...roots].map((oid) => ({ oid }));
  }
}
