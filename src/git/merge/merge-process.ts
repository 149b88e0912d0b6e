import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { CRASHED, exitCode, runGit, startGit } from '../process/run.ts';
import type { Unanswered } from '../process/unanswered.ts';
import { PATIENCE, Watchdog } from '../process/watchdog.ts';
import { type MergeRecord, takeMergeRecord } from './merge-record.ts';

/** Two commits to merge; git finds what they have in common. */
export interface MergeRequest {
  readonly ours: Oid;
  readonly theirs: Oid;
}

/** What became of a request: a record, or the words with which git gave up on it. */
export type MergeOutcome = MergeRecord | Unanswered;

/** The setting git names when it gives up on renames. It does not say in which merge. */
export const RENAME_LIMIT_WORDS = /merge\.renameLimit/i;

/** Whether git gives up on renames in one merge: what it then calls a conflict need not be one. */
export async function renamesCutShort(repo: Repo, request: MergeRequest): Promise<boolean> {
  const args = ['merge-tree', '--write-tree', '--messages', request.ours, request.theirs];
  return RENAME_LIMIT_WORDS.test((await runGit(repo, args, { ok: [0, 1, 128] })).stderr);
}

/**
 * One `git merge-tree --stdin` process that is asked again and again: thousands of merges cost one
 * start. When git dies of a request, says nothing more, or prints something that is not a record, that
 * request has failed, and a new process goes on with the next. git 2.39.
 *
 * `repo` must be a quarantine: the trees and blobs of every merge are written.
 */
export class MergeProcess {
  readonly #repo: Repo;
  readonly #flush: MergeRequest | null;
  readonly #patience: number;
  #child: ChildProcessWithoutNullStreams | null = null;
  #ended: Promise<number> = Promise.resolve(0);
  #watchdog: Watchdog | null = null;
  #words = '';
  #cutShort = false;
  #buffer: Buffer = Buffer.alloc(0);
  /** What is done with each record to come, in the order in which they were asked for. */
  readonly #expected: ((record: MergeRecord) => void)[] = [];
  #unreadable: (error: unknown) => void = () => undefined;

  /**
   * @param flush A merge with a very long record; see `flushRequest`. Before 2.49 git keeps its
   * answers in a buffer until that is full, and whoever waits for them waits for ever. Null where
   * git sends each answer at once.
   * @param patience milliseconds without a word after which git is ended.
   */
  constructor(repo: Repo, flush: MergeRequest | null, patience = PATIENCE) {
    this.#repo = repo;
    this.#flush = flush;
    this.#patience = patience;
  }

  /**
   * Makes the merges and gives their outcomes in the order of the requests.
   *
   * @param onRecord called after each merge.
   */
  async merge(
    requests: readonly MergeRequest[],
    onRecord: () => void = () => undefined,
  ): Promise<MergeOutcome[]> {
    const outcomes: MergeOutcome[] = [];
    let oneByOne = this.#flush === null;
    while (outcomes.length < requests.length) {
      const rest = requests.slice(outcomes.length);
      const death = await this.#ask(rest, oneByOne, (record) => {
        outcomes.push(record);
        onRecord();
      });
      if (death === null) break;
      // Of a crash, what git kept in its buffer is lost: it is asked again so that nothing is kept.
      const isKnown = oneByOne || death.orderly;
      if (isKnown) outcomes.push(death.answer);
      oneByOne = this.#flush === null || !isKnown;
    }
    return outcomes;
  }

  /**
   * Whether git cut its search for renames short in any merge answered so far: see `renamesCutShort`. It
   * says so before it answers, on another pipe, which is read by the next turn of the event loop.
   */
  async hasCutShort(): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve));
    return this.#cutShort;
  }

  /** Ends the process. True when git cut its search for renames short in any merge: see `renamesCutShort`. */
  async close(): Promise<boolean> {
    this.#child?.stdin.end();
    await this.#ended;
    this.#child = null;
    return this.#cutShort;
  }

  /**
   * Null when every request was answered; how git died when it did before.
   *
   * @param oneByOne each answer is pushed out before the next merge begins.
   */
  #ask(
    requests: readonly MergeRequest[],
    oneByOne: boolean,
    onRecord: (record: MergeRecord) => void,
  ): Promise<Death | null> {
    const child = (this.#child ??= this.#start());
    const watchdog = this.#watchdog!;
    let missing = requests.length;
    return new Promise((resolve, reject) => {
      const settle = (death: Death | null): void => {
        watchdog.rest();
        resolve(death);
      };
      const take = (record: MergeRecord): void => {
        onRecord(record);
        missing -= 1;
        if (missing === 0) settle(null);
      };
      this.#unreadable = (error) => {
        this.#child = null;
        const failed = error instanceof Error ? error.message : String(error);
        settle({ orderly: true, answer: { failed, died: true } });
      };
      this.#ended.then((code) => {
        if (this.#child === child) this.#child = null;
        if (missing === 0) return;
        const failed = watchdog.words ?? this.#words.trim().split('\n').at(-1) ?? '';
        const died = code === CRASHED;
        settle({ orderly: !died, answer: { failed, died } });
      }, reject);
      const lines: MergeRequest[] = [];
      for (const [at, request] of requests.entries()) {
        lines.push(request);
        this.#expected.push(take);
        if (this.#flush === null || !(oneByOne || at === requests.length - 1)) continue;
        lines.push(this.#flush);
        this.#expected.push(() => undefined);
      }
      watchdog.watch();
      child.stdin.write(lines.map(({ ours, theirs }) => `${ours} ${theirs}\n`).join(''));
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const args = ['merge-tree', '--write-tree', '--messages', '--stdin'];
    const child = startGit(this.#repo, args);
    this.#ended = exitCode(child);
    this.#watchdog = new Watchdog(child, this.#patience);
    this.#words = '';
    this.#buffer = Buffer.alloc(0);
    this.#expected.length = 0;
    child.stdin.on('error', () => undefined);
    child.stderr.on('data', (chunk: Buffer) => {
      this.#words = `${this.#words}${chunk.toString()}`.slice(-MOST_WORDS);
      this.#cutShort ||= RENAME_LIMIT_WORDS.test(this.#words);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (child === this.#child) this.#take(chunk);
    });
    return child;
  }

  #take(chunk: Buffer): void {
    const buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    let at = 0;
    try {
      for (;;) {
        const taken = takeMergeRecord(buffer, at);
        if (taken === null) break;
        at = taken.next;
        this.#expected.shift()?.(taken.record);
      }
    } catch (error) {
      this.#child?.kill('SIGKILL');
      this.#unreadable(error);
    }
    this.#buffer = buffer.subarray(at);
  }
}

/** How a process ended before it had answered everything. */
interface Death {
  /** It gave out all that it had found out; false where it crashed, or was ended. */
  readonly orderly: boolean;
  readonly answer: Unanswered;
}

/** Characters kept of what git says on the side. */
const MOST_WORDS = 8192;
