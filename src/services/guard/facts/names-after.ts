import type { Change, Entry } from '../../../domain/change.ts';
import type { RepoPath } from '../../../domain/path.ts';
import { foldPath } from '../../../domain/text/fold.ts';
import type { TreeReader } from '../../../git/objects/trees.ts';

/** Names by their folded form. */
type Spelling = ReadonlyMap<string, string>;

/** A tree with changes on top: which names it has, and where its links lead by their text. */
export class NamesAfter {
  readonly #tree: TreeReader | null;
  readonly #changes: ReadonlyMap<string, Change>;
  readonly #read: (entry: Entry | null) => Promise<string | null>;
  readonly #levels = new Map<string, Promise<Spelling>>();
  #added: ReadonlyMap<string, Spelling> | null = null;

  /**
   * @param tree null where there is none yet
   * @param read gives the text of a link; null for anything else
   */
  constructor(
    tree: TreeReader | null,
    changes: readonly Change[],
    read: (entry: Entry | null) => Promise<string | null>,
  ) {
    this.#tree = tree;
    this.#changes = new Map(changes.map((change) => [change.path, change]));
    this.#read = read;
  }

  isChanged(path: RepoPath): boolean {
    return this.#changes.has(path);
  }

  /** The text of the link at a path; null where there is none. */
  async target(path: RepoPath): Promise<string | null> {
    const changed = this.#changes.get(path);
    if (changed?.target !== undefined) return changed.target;
    return this.#read(changed ? changed.after : ((await this.#tree?.entry(path)) ?? null));
  }

  /** The name that a system which ignores case and Unicode form opens in a directory for this one. */
  async spelled(directory: string, name: string): Promise<string> {
    const exact = (directory === '' ? name : `${directory}/${name}`) as RepoPath;
    const changed = this.#changes.get(exact);
    if (changed ? changed.after : await this.#tree?.entry(exact)) return name;
    const folded = foldPath(name);
    this.#added ??= this.#addedNames();
    let level = this.#levels.get(directory);
    if (!level) this.#levels.set(directory, (level = this.#level(directory)));
    return this.#added.get(directory)?.get(folded) ?? (await level).get(folded) ?? name;
  }

  /** Every link of the tree below the changes. */
  async links(directory = ''): Promise<RepoPath[]> {
    const level = [...((await this.#tree?.level(directory)) ?? [])];
    const found = level.map(async ([name, { mode }]) => {
      const path = directory === '' ? name : `${directory}/${name}`;
      if (mode === '040000') return this.links(path);
      return mode === '120000' ? [path as RepoPath] : [];
    });
    return (await Promise.all(found)).flat();
  }

  async #level(directory: string): Promise<Spelling> {
    const names = [...((await this.#tree?.level(directory)) ?? new Map<string, Entry>()).keys()];
    return new Map(names.map((name) => [foldPath(name), name]));
  }

  #addedNames(): ReadonlyMap<string, Spelling> {
    const added = new Map<string, Map<string, string>>();
    for (const { path, before, after } of this.#changes.values()) {
      if (before !== null || after === null) continue;
      const parts = path.split('/');
      for (const [at, name] of parts.entries()) {
        const directory = parts.slice(0, at).join('/');
        const level = added.get(directory) ?? new Map<string, string>();
        added.set(directory, level.set(foldPath(name), name));
      }
    }
    return added;
  }
}
