import type { ChildProcess } from 'node:child_process';

/** Milliseconds without a word after which nobody waits any longer; the slowest merges take a few seconds. */
export const PATIENCE = 60_000;

/** Ends a process that is to answer and says nothing: a file that cannot be read to its end holds git for ever. */
export class Watchdog {
  readonly #child: ChildProcess;
  readonly #patience: number;
  #timer: NodeJS.Timeout | null = null;
  #words: string | null = null;

  /** @param patience milliseconds. */
  constructor(child: ChildProcess, patience = PATIENCE) {
    this.#child = child;
    this.#patience = patience;
    const heard = (): void => void this.#timer?.refresh();
    child.stdout?.on('data', heard);
    child.stderr?.on('data', heard);
    child.on('close', () => this.rest());
  }

  /** Why the process was ended; null while it was not. */
  get words(): string | null {
    return this.#words;
  }

  /** From now on an answer is expected. */
  watch(): void {
    this.rest();
    this.#timer = setTimeout(() => {
      this.#words = `git said nothing for ${Math.ceil(this.#patience / 1000)} s`;
      this.#child.kill('SIGKILL');
    }, this.#patience);
  }

  /** Nothing is expected any more. */
  rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
