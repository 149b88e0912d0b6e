import { type Entry, type Mode } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { ObjectReader } from './object-reader.ts';

/** One directory level: name to entry. Names are single path segments. */
export type Level = ReadonlyMap<string, Entry>;

/** Reads directories by oid, each once. */
export class LevelReader {
  readonly #reader: ObjectReader;
  readonly #levels = new Map<Oid, Promise<Level>>();

  constructor(reader: ObjectReader) {
    this.#reader = reader;
  }

  /** @throws Failure `git` when there is no such tree. */
  read(oid: Oid): Promise<Level> {
    let level = this.#levels.get(oid);
    if (!level) this.#levels.set(oid, (level = this.#load(oid)));
    return level;
  }

  async #load(oid: Oid): Promise<Level> {
    const object = await this.#reader.read(oid);
    if (object?.type !== 'tree') throw new Failure('git', `tree ${oid} is missing here`);
    return parseTree(object.data, oid.length / 2);
  }
}

/**
 * Looks into one tree without listing it whole: directories are read when they are first asked for,
 * by oid, so that no path is ever spelled in a command.
 */
export class TreeReader {
  readonly #levels: LevelReader;
  readonly #root: Oid;

  /**
   * @param root the oid of a tree.
   * @param levels to be shared by trees that have much in common.
   */
  constructor(reader: ObjectReader, root: Oid, levels = new LevelReader(reader)) {
    this.#levels = levels;
    this.#root = root;
  }

  /** What the tree holds at a path, or null. */
  async entry(path: RepoPath): Promise<Entry | null> {
    const cut = path.lastIndexOf('/');
    const level = await this.level(cut < 0 ? '' : path.slice(0, cut));
    return level?.get(path.slice(cut + 1)) ?? null;
  }

  /** The directory at `path` ('' is the top), or null when there is no directory there. */
  async level(path: string): Promise<Level | null> {
    let level = await this.#levels.read(this.#root);
    for (const segment of path === '' ? [] : path.split('/')) {
      const entry = level.get(segment);
      if (entry?.mode !== '040000') return null;
      level = await this.#levels.read(entry.oid);
    }
    return level;
  }
}

/**
 * Parses a tree object: `<mode in octal> SP <name> NUL <oid bytes>`, again and again.
 *
 * @throws Failure `git` for anything else, as git itself refuses it.
 */
export function parseTree(data: Buffer, oidBytes: number): Level {
  const level = new Map<string, Entry>();
  for (let at = 0, end; at < data.length; at = end) {
    const space = data.indexOf(0x20, at);
    end = endOfEntry(data, at, oidBytes);
    const nul = end - oidBytes - 1;
    if (space < 0 || space > nul) throw damaged();
    const mode = data.toString('latin1', at, space).padStart(6, '0') as Mode;
    const oid = data.toString('hex', nul + 1, end) as Oid;
    level.set(decodeRepoPath(data.subarray(space + 1, nul)), { mode, oid });
  }
  return level;
}

/** Where the entry of a tree object ends that begins at `at`. Throws as `parseTree` does. */
export function endOfEntry(data: Buffer, at: number, oidBytes: number): number {
  const nul = data.indexOf(0, at);
  const end = nul + 1 + oidBytes;
  if (nul < 0 || end > data.length) throw damaged();
  return end;
}

/** A name that a tree object holds more than once, which git writes nowhere and `git fsck` refuses; else null. */
export function repeatedName(data: Buffer, oidBytes: number): string | null {
  const names = new Set<string>();
  for (let at = 0; at < data.length; at = endOfEntry(data, at, oidBytes)) {
    const name = data.toString('latin1', data.indexOf(0x20, at) + 1, data.indexOf(0, at));
    if (names.has(name)) return name;
    names.add(name);
  }
  return null;
}

const damaged = (): Failure => new Failure('git', 'a tree object is damaged');
