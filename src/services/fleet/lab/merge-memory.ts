import { Failure } from '../../../domain/failure.ts';
import { sharedStatePaths } from '../../../git/worktree/state-paths.ts';
import { digest } from '../../../host/digest.ts';
import type { Host } from '../../../host/host.ts';
import { readVersion } from '../../../host/version.ts';

/** Characters kept of what this run did not use: what a fleet of 1,000 branches comes to, read in 20 milliseconds. */
const SPARE = 8_000_000;

interface Stored {
  /** Milliseconds since 1970. */
  readonly used: number;
  /** JSON on one line. */
  readonly value: string;
}

/**
 * What git found out before, kept under names made from everything it depends on, so that nothing in
 * it is ever out of date. Several processes may use the file at once: it is replaced in one step, and
 * what others stored meanwhile is taken over. A damaged file counts as none.
 */
export class MergeMemory {
  readonly #host: Host;
  readonly #path: string;
  /** What another version stored may mean something else, and is not read. */
  readonly #header: string;
  /** Of the file when it was read. */
  #stamp: string | null = null;
  #known: Map<string, Stored>;
  readonly #touched = new Map<string, Stored>();
  #changed = false;

  constructor(host: Host, commonDirectory: string) {
    this.#host = host;
    this.#path = sharedStatePaths({ commonDirectory }).mergeMemory;
    this.#header = `bailiwick-overlap ${readVersion(host.packageDirectory)}`;
    this.#known = this.#load();
  }

  /** What was stored under the name; the caller says what that is. */
  recall<T>(name: string): T | undefined {
    const key = digest(name);
    const stored = this.#touched.get(key) ?? this.#known.get(key);
    if (!stored) return undefined;
    this.#touched.set(key, { ...stored, used: this.#host.now() });
    // Written by `store` under the same name, and checked to be whole.
    return JSON.parse(stored.value) as T;
  }

  store(name: string, value: unknown): void {
    const stored = { used: this.#host.now(), value: JSON.stringify(value) };
    this.#touched.set(digest(name), stored);
    this.#changed = true;
  }

  /** Writes what is new. A place that cannot be written to only costs the next run time. */
  save(): void {
    if (!this.#changed) return;
    // Others may have written meanwhile; most often nobody has.
    if (this.#stamp === null || this.#stamp !== this.#readStamp()) this.#known = this.#load();
    const others = [...this.#known].filter(([key]) => !this.#touched.has(key));
    others.sort(([, a], [, b]) => b.used - a.used);
    let room = SPARE;
    const kept = others.filter(([, { value }]) => (room -= value.length) > 0);
    const lines = [...this.#touched, ...kept].map(
      ([key, { used, value }]) => `${key} ${used} ${value}`,
    );
    const text = lines.join('\n');
    unlessFailure(() =>
      this.#host.files.write(this.#path, `${this.#header} ${digest(text)}\n${text}`),
    );
  }

  #readStamp(): string | null {
    return unlessFailure(() => this.#host.files.stamp(this.#path));
  }

  #load(): Map<string, Stored> {
    this.#stamp = this.#readStamp();
    const file = unlessFailure(() => this.#host.files.read(this.#path))?.toString() ?? '';
    const [header, ...lines] = file.split('\n');
    const text = file.slice(header!.length + 1);
    if (header !== `${this.#header} ${digest(text)}`) return new Map();
    return new Map(lines.map(parseLine));
  }
}

function parseLine(line: string): [string, Stored] {
  const [key = '', used = ''] = line.split(' ', 2);
  return [key, { used: Number(used), value: line.slice(key.length + used.length + 2) }];
}

function unlessFailure<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
