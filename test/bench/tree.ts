/** What a path holds in a generated tree. */
export interface File {
  readonly mode: '100644' | '100755' | '120000';
  readonly content: string;
}

/** The files of one commit, as changes over those of another: a thousand trees cost what they differ. */
export class Tree {
  readonly #under: Tree | null;
  readonly #changes = new Map<string, File | null>();

  constructor(under: Tree | null = null) {
    this.#under = under;
  }

  get(path: string): File | null {
    const own = this.#changes.get(path);
    return own !== undefined ? own : (this.#under?.get(path) ?? null);
  }

  set(path: string, file: File | null): void {
    this.#changes.set(path, file);
  }

  /** Every path, sorted. */
  paths(): string[] {
    return [...this.#collect(new Map())]
      .filter(([, file]) => file)
      .map(([path]) => path)
      .sort();
  }

  /** What was set here and not below. */
  changes(): ReadonlyMap<string, File | null> {
    return this.#changes;
  }

  #collect(into: Map<string, File | null>): Map<string, File | null> {
    if (this.#under) this.#under.#collect(into);
    for (const [path, file] of this.#changes) into.set(path, file);
    return into;
  }
}
