import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Failure } from '../../domain/failure.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { exitCode, startGit } from '../process/run.ts';
import { PATIENCE, Watchdog } from '../process/watchdog.ts';
import { type GitObject, takeAnswer, WITHHELD } from './take-answer.ts';

export type { GitObject } from './take-answer.ts';

/** Answers of a moment ago, by name and by oid. */
export type KnownObjects = ReadonlyMap<string, GitObject | null>;

/** Bytes; such an object is not asked for before anybody wants it. */
const LARGE = 262_144;
const NONE: KnownObjects = new Map();

interface Waiting {
  readonly name: string;
  readonly most: number;
  resolve(object: GitObject | null): void;
  reject(error: Failure): void;
}

/**
 * One `git cat-file --batch` process, asked as often as needed: an object by any name git knows
 * (`refs/heads/main:ownership.yml`, an oid, `HEAD^{tree}`). Names must hold no line feed; paths that
 * may are reached by walking trees. When git says nothing more of an object, that one has failed, and a
 * new process goes on. It is started when something is asked, or by `start`. Format: git-cat-file(1).
 */
export class ObjectReader {
  readonly repo: Repo;
  readonly #start: () => ChildProcessWithoutNullStreams;
  readonly #patience: number;
  #known: KnownObjects;
  readonly #asked = new Set<string>();
  /** Null until something is asked. */
  #process: ChildProcessWithoutNullStreams | null = null;
  #watchdog!: Watchdog;
  #ended!: Promise<void>;
  readonly #waiting: Waiting[] = [];
  #chunks: Buffer[] = [];
  #received = 0;
  #needed = 0;
  /** Bytes still to come of an object that nobody wants. */
  #unwanted = 0;
  #isClosing = false;

  /**
   * @param patience milliseconds without a word after which git is ended.
   * @param known answers of a moment ago
   */
  constructor(repo: Repo, environment: Environment = {}, patience = PATIENCE, known = NONE) {
    this.repo = repo;
    this.#start = () => startGit(repo, ['cat-file', '--batch'], { environment });
    this.#patience = patience;
    this.#known = known;
  }

  /** For whoever knows that something will be asked: git starts while other things are done. */
  start(): void {
    if (this.#process === null) this.#begin();
  }

  /** The names that were asked for, without those of large objects. */
  get asked(): ReadonlySet<string> {
    return this.#asked;
  }

  /**
   * The object, or null when git has none by that name or the name is ambiguous.
   *
   * @param most bytes; of a larger object nothing is kept but its size, so that nobody can fill the
   * memory with an object that is known to be small
   */
  read(name: string, most = Infinity): Promise<GitObject | null> {
    const known = this.#known.get(name);
    if (known !== undefined) {
      this.#note(name, known);
      return Promise.resolve(known && known.size > most ? { ...known, data: WITHHELD } : known);
    }
    if (name.includes('\n')) throw new Failure('internal', 'an object name holds a line feed');
    const child = this.#process ?? this.#begin();
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#watchdog.watch();
      this.#waiting.push({ name, most, resolve, reject });
      child.stdin.write(`${name}\n`);
    });
  }

  /** From here on every answer is of this moment. */
  forget(): void {
    this.#known = NONE;
  }

  /**
   * Ends the process; what was asked before is still answered. Waits for nothing else: it has nothing
   * left to do but to end, and keeps nobody from ending before it.
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#process === null) return;
    this.#process.stdin.end();
    while (this.#waiting.length > 0) await this.#ended;
    const child = this.#process;
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr])
      (stream as { unref?(): void }).unref?.();
  }

  #begin(): ChildProcessWithoutNullStreams {
    const child = this.#start();
    const watchdog = new Watchdog(child, this.#patience);
    [this.#process, this.#watchdog] = [child, watchdog];
    [this.#chunks, this.#received, this.#needed, this.#unwanted] = [[], 0, 0, 0];
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    child.stdin.on('error', () => undefined);
    child.stderr.resume();
    this.#ended = exitCode(child).then(
      (code) =>
        watchdog.words === null
          ? this.#fail(new Failure('git', `git cat-file ended early with code ${code}`))
          : this.#goOn(watchdog.words),
      (error: Failure) => this.#fail(error),
    );
    return child;
  }

  /** Gives up what git says nothing of, and asks a new process for the rest. */
  #goOn(words: string): void {
    const lost = this.#waiting.shift();
    lost?.reject(new Failure('git', `${words} of the object ${lost.name}`));
    if (this.#waiting.length === 0 && this.#isClosing) return;
    const { stdin } = this.#begin();
    for (const { name } of this.#waiting) stdin.write(`${name}\n`);
    if (this.#waiting.length > 0) this.#watchdog.watch();
    if (this.#isClosing) stdin.end();
  }

  #receive(chunk: Buffer): void {
    const dropped = Math.min(this.#unwanted, chunk.length);
    this.#unwanted -= dropped;
    this.#chunks.push(chunk.subarray(dropped));
    this.#received += chunk.length - dropped;
    if (this.#received < this.#needed) return;
    let rest = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    for (;;) {
      const answer = takeAnswer(rest, this.#waiting[0]?.most ?? Infinity);
      this.#needed = answer.needed;
      if (answer.consumed === 0) break;
      const waiting = this.#waiting.shift();
      if (waiting !== undefined) this.#note(waiting.name, answer.object);
      waiting?.resolve(answer.object);
      if (this.#waiting.length === 0) this.#watchdog.rest();
      this.#unwanted = Math.max(0, answer.consumed - rest.length);
      rest = rest.subarray(answer.consumed);
    }
    this.#chunks = [rest];
    this.#received = rest.length;
  }

  #note(name: string, object: GitObject | null): void {
    if (object === null || object.size <= LARGE) this.#asked.add(name);
  }

  #fail(error: Failure): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }
}
