import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';

/** A directory whose changes are of interest; what lies below it only with `deep`. */
export interface WatchedDirectory {
  readonly path: string;
  readonly deep: boolean;
  /** Names in it that count; all of them when left out. */
  readonly only?: RegExp;
}

/** Changes that come together are one. */
const SETTLE = 150;

/**
 * Tells when something changes in directories. A change that happens while nobody waits is not lost.
 * What the system cannot watch (a network drive, too many directories) is only noticed by the time.
 */
export class ChangeWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  #changed = false;
  #wake: (() => void) | null = null;

  /** Watches these from now on, and no others. */
  watch(directories: readonly WatchedDirectory[]): void {
    const wanted = new Map(directories.map((directory) => [directory.path, directory]));
    for (const [path, watcher] of this.#watchers)
      if (!wanted.has(path)) {
        watcher.close();
        this.#watchers.delete(path);
      }
    for (const directory of wanted.values())
      if (!this.#watchers.has(directory.path)) this.#start(directory);
  }

  /** Ends the waiting as a change does. */
  touch(): void {
    this.#changed = true;
    this.#wake?.();
  }

  /** Waits for a change since the last call, at most `milliseconds`. */
  async next(milliseconds: number): Promise<void> {
    if (!this.#changed)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#wake = null;
    if (this.#changed) await new Promise((resolve) => setTimeout(resolve, SETTLE));
    this.#changed = false;
  }

  close(): void {
    this.watch([]);
  }

  #start({ path, deep, only }: WatchedDirectory): void {
    try {
      const watcher = watch(path, { recursive: deep, persistent: false }, (_event, name) => {
        const file = basename(name ?? '');
        // git writes a ref or index beside itself first, and then moves it into place.
        if (file.endsWith('.lock') || (only && !only.test(file))) return;
        this.touch();
      });
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(path);
      });
      this.#watchers.set(path, watcher);
    } catch {
      this.#watchers.delete(path);
    }
  }
}
