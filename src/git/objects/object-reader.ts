import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Failure } from '../../domain/failure.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { exitCode, startGit } from '../process/run.ts';
import { PATIENCE, Watchdog } from '../process/watchdog.ts';

export interface GitObject {
  readonly oid: Oid;
  readonly type: 'blob' | 'commit' | 'tag' | 'tree';
  /** Empty where it has more bytes than were asked for. */
  readonly data: Buffer;
  /** Bytes. */
  readonly size: number;
}

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
 * new process goes on. It is started when something is asked, or sooner by `start`. Format:
 * git-cat-file(1), "BATCH OUTPUT".
 */
export class ObjectReader {
  readonly #start: () => ChildProcessWithoutNullStreams;
  readonly #patience: number;
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

  /** @param patience milliseconds without a word after which git is ended. */
  constructor(repo: Repo, environment: Environment = {}, patience = PATIENCE) {
    this.#start = () => startGit(repo, ['cat-file', '--batch'], { environment });
    this.#patience = patience;
  }

  /** For whoever knows that something will be asked: git starts while other things are done. */
  start(): void {
    if (this.#process === null) this.#begin();
  }

  /**
   * The object, or null when git has none by that name or the name is ambiguous.
   *
   * @param most bytes; of a larger object nothing is kept but its size, so that nobody can fill the
   * memory with an object that is known to be small
   */
  read(name: string, most = Infinity): Promise<GitObject | null> {
    if (name.includes('\n')) throw new Failure('internal', 'an object name holds a line feed');
    const child = this.#process ?? this.#begin();
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#watchdog.watch();
      this.#waiting.push({ name, most, resolve, reject });
      child.stdin.write(`${name}\n`);
    });
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
      this.#waiting.shift()?.resolve(answer.object);
      if (this.#waiting.length === 0) this.#watchdog.rest();
      this.#unwanted = Math.max(0, answer.consumed - rest.length);
      rest = rest.subarray(answer.consumed);
    }
    this.#chunks = [rest];
    this.#received = rest.length;
  }

  #fail(error: Failure): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }
}

interface Answer {
  readonly object: GitObject | null;
  /**
   * Bytes the answer took; 0 when it has not arrived whole. More than there are when the rest of it
   * is not wanted.
   */
  readonly consumed: number;
  /** Bytes that must be there before another look is worth it. */
  readonly needed: number;
}

/** `<oid> SP <type> SP <size> LF <data> LF`, or `<name> SP missing LF`. */
function takeAnswer(buffer: Buffer, most: number): Answer {
  const end = buffer.indexOf(0x0a);
  if (end < 0) return { object: null, consumed: 0, needed: 0 };
  const words = buffer.toString('latin1', 0, end).split(' ');
  const oid = words.length === 3 ? parseOid(words[0]!) : null;
  if (oid === null) return { object: null, consumed: end + 1, needed: 0 };
  const start = end + 1;
  const size = Number(words[2]);
  const needed = start + size + 1;
  const type = words[1] as GitObject['type'];
  if (size > most)
    return { object: { oid, type, size, data: Buffer.alloc(0) }, consumed: needed, needed: 0 };
  if (buffer.length < needed) return { object: null, consumed: 0, needed };
  const data = Buffer.from(buffer.subarray(start, start + size));
  return { object: { oid, type, size, data }, consumed: needed, needed: 0 };
}
