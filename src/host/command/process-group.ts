import { readdirSync, readFileSync } from 'node:fs';
import { pause } from '../pause.ts';

/** A variable that every process of a run has, and hands on, also one that leaves the group. */
export const RUN_MARK = 'BAILIWICK_RUN';

/** How long a group that was made to end may still be there, in milliseconds. */
const LAST = 2000;

/** A process that was started as the leader of a group, and all that came of it. */
export class ProcessGroup {
  readonly #leader: number;
  readonly #mark: string;

  /** @param mark the value of `RUN_MARK` that it was started with */
  constructor(leader: number, mark: string) {
    this.#leader = leader;
    this.#mark = `${RUN_MARK}=${mark}\0`;
  }

  /**
   * Those that run. Where the system says what each process is (`/proc`), these are also the ones
   * that have left the group, by their mark; elsewhere those of the group, as one number.
   */
  members(): number[] {
    if (process.platform === 'linux') return this.#fromProc();
    return this.#signal(0) ? [this.#leader] : [];
  }

  /**
   * Asks all of them to end, and makes those that do not.
   *
   * @param grace milliseconds between the two
   * @returns those that are still there
   */
  async end(grace: number): Promise<number[]> {
    this.#send('SIGTERM');
    if (await this.#gone(grace)) return [];
    this.#send('SIGKILL');
    if (await this.#gone(LAST)) return [];
    return this.members();
  }

  /** Ends them without a word and without waiting. */
  kill(): void {
    this.#send('SIGKILL');
  }

  /** Twice: what was starting another process while it was asked has handed on its mark by then. */
  #send(signal: NodeJS.Signals): void {
    this.#signal(signal);
    if (process.platform !== 'linux') return;
    for (const pid of this.#fromProc()) sendTo(pid, signal);
  }

  async #gone(within: number): Promise<boolean> {
    const end = Date.now() + within;
    for (let wait = 5; this.members().length > 0; wait = Math.min(wait * 2, 100)) {
      if (Date.now() >= end) return false;
      await pause(wait);
    }
    return true;
  }

  #signal(signal: NodeJS.Signals | 0): boolean {
    return sendTo(-this.#leader, signal);
  }

  /** One that has ended and that nobody has waited for (`Z`) does not run: proc_pid_stat(5). */
  #fromProc(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        const stat = readProc(pid, 'stat');
        const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === undefined || state === '' || state === 'Z' || state === 'X') return false;
        return Number(group) === this.#leader || readProc(pid, 'environ').includes(this.#mark);
      })
      .map(Number);
  }
}

function sendTo(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    // It has ended by itself.
    return false;
  }
}

/** Empty when the process has ended, or is somebody else's. */
function readProc(pid: string, file: 'environ' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
