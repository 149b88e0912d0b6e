import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { exitCode, runGit, startGit } from '../process/run.ts';
import { type MergeRecord, takeMergeRecord } from './merge-record.ts';

/** Two commits to merge; git finds what they have in common. */
export interface MergeRequest {
  readonly ours: Oid;
  readonly theirs: Oid;
}

/** What became of a request: a record, or the words with which git gave up on it. */
export type MergeOutcome = MergeRecord | { readonly failed: string };

/** The setting git names when it gives up on renames. It does not say in which merge. */
export const RENAME_LIMIT_WORDS = /merge\.renameLimit/i;

/** Whether git gives up on renames in one merge: what it then calls a conflict need not be one. */
export async function renamesCutShort(repo: Repo, request: MergeRequest): Promise<boolean> {
  const args = ['merge-tree', '--write-tree', '--messages', request.ours, request.theirs];
  return RENAME_LIMIT_WORDS.test((await runGit(repo, args, { ok: [0, 1, 128] })).stderr);
}

/**
 * One `git merge-tree --stdin` process that is asked again and again: thousands of merges cost one
 * start. When git dies of a request (a missing object ends it), that request has failed, and a new
 * process goes on with the next. git 2.39.
 *
 * `repo` must be a quarantine: the trees and blobs of every merge are written.
 */
export class MergeProcess {
  readonly #repo: Repo;
  readonly #flush: MergeRequest | null;
  #child: ChildProcessWithoutNullStreams | null = null;
  #ended: Promise<number> = Promise.resolve(0);
  #stderr = '';
  #cutShort = false;
  #buffer: Buffer = Buffer.alloc(0);
  /** Records of `flush` that come before those of the requests, and mean nothing. */
  #fillers = 0;
  #receive: (record: MergeRecord) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  /**
   * @param flush A merge with a very long record; see `flushRequest`. Before 2.49 git keeps its
   * answers in a buffer until that is full, and whoever waits for them waits for ever. Null where
   * git sends each answer at once.
   */
  constructor(repo: Repo, flush: MergeRequest | null) {
    this.#repo = repo;
    this.#flush = flush;
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
    while (outcomes.length < requests.length) {
      const rest = requests.slice(outcomes.length);
      const died = await this.#ask(rest, (record) => {
        outcomes.push(record);
        onRecord();
      });
      if (died !== null) outcomes.push({ failed: died });
    }
    return outcomes;
  }

  /**
   * Whether git cut its search for renames short in any merge answered so far: see `renamesCutShort`. It
   * says so before it answers, on another pipe, which is read by the next turn of the event loop.
   */
  async hasCutShort(): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve));
    return this.#cutShort || RENAME_LIMIT_WORDS.test(this.#stderr);
  }

  /** Ends the process. True when git cut its search for renames short in any merge: see `renamesCutShort`. */
  async close(): Promise<boolean> {
    this.#child?.stdin.end();
    await this.#ended;
    this.#child = null;
    return this.#cutShort || RENAME_LIMIT_WORDS.test(this.#stderr);
  }

  /** Null when every request was answered; git's last words when it died before. */
  #ask(
    requests: readonly MergeRequest[],
    onRecord: (record: MergeRecord) => void,
  ): Promise<string | null> {
    const child = (this.#child ??= this.#start());
    let missing = requests.length;
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#receive = (record) => {
        if (missing === 0 || this.#fillers > 0) return void (this.#fillers -= 1);
        onRecord(record);
        missing -= 1;
        if (missing > 0) return;
        this.#fillers = this.#flush === null ? 0 : 1;
        resolve(null);
      };
      this.#ended.then((code) => {
        this.#child = null;
        if (missing === 0) return;
        const words = this.#stderr.trim().split('\n').at(-1) ?? '';
        if (code === 255) reject(new Failure('git', `git merge-tree crashed: ${words}`));
        else resolve(words);
      }, reject);
      const lines = this.#flush === null ? requests : [...requests, this.#flush];
      child.stdin.write(lines.map(({ ours, theirs }) => `${ours} ${theirs}\n`).join(''));
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const args = ['merge-tree', '--write-tree', '--messages', '--stdin'];
    const child = startGit(this.#repo, args);
    this.#ended = exitCode(child);
    this.#cutShort ||= RENAME_LIMIT_WORDS.test(this.#stderr);
    this.#stderr = '';
    this.#buffer = Buffer.alloc(0);
    this.#fillers = 0;
    child.stdin.on('error', () => undefined);
    child.stderr.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
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
        this.#receive(taken.record);
      }
    } catch (error) {
      this.#child?.kill();
      this.#fail(error);
    }
    this.#buffer = buffer.subarray(at);
  }
}
