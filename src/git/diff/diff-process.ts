import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Repo } from '../../domain/repo.ts';
import { CRASHED, exitCode, startGit } from '../process/run.ts';
import type { Unanswered } from '../process/unanswered.ts';
import { PATIENCE, Watchdog } from '../process/watchdog.ts';
import type { TreePair } from './diff-pairs.ts';
import { PatchParser, type TreeDiff } from './patch-parser.ts';
import { RAW_DIFF_OPTIONS } from './raw-diff.ts';

/** A difference, or the words with which git gave up on it. */
export type DiffOutcome = TreeDiff | Unanswered;

/**
 * The algorithm and the lack of heuristics are those of git's merge (merge-ort.c, `merge_start`), and
 * with a line of context git does not cut off the common end first (xdiff-interface.c). So the hunks
 * are exactly the changes a merge compares: it conflicts in a text file only where hunks of the two
 * sides overlap or touch.
 */
const PATCH_OPTIONS = [
  '-p',
  '-U1',
  '--diff-algorithm=histogram',
  '--no-indent-heuristic',
  '--inter-hunk-context=0',
  '--submodule=short',
];

const ARGUMENTS = ['diff-tree', '--stdin', '-r', '-t', ...RAW_DIFF_OPTIONS, ...PATCH_OPTIONS];

/** How git ended before it had spoken of every pair; `orderly`: it gave out all that it had found out. */
interface Death {
  readonly orderly: boolean;
  readonly answer: Unanswered;
}

interface Answered {
  readonly diffs: DiffOutcome[];
  readonly death: Death | null;
}

/**
 * One `git diff-tree --stdin`, asked as often as needed, by one caller at a time. When git dies of a pair
 * (a missing blob ends it), says nothing more, or prints what nobody understands, that pair has failed,
 * and a new process goes on.
 */
export class DiffProcess {
  readonly #repo: Repo;
  readonly #patience: number;
  #child: ChildProcessWithoutNullStreams | null = null;
  #ended: Promise<number> = Promise.resolve(0);
  #watchdog: Watchdog | null = null;
  #words = '';
  #receive: (chunk: Buffer) => void = () => undefined;

  /** @param patience milliseconds without a word after which git is ended. */
  constructor(repo: Repo, patience = PATIENCE) {
    this.#repo = repo;
    this.#patience = patience;
  }

  /** What differs between each pair of trees, in the order of the pairs. */
  async diff(pairs: readonly TreePair[]): Promise<DiffOutcome[]> {
    const outcomes: DiffOutcome[] = [];
    // Of a crash, what git kept in its buffer is lost: a few pairs, which are then asked for one by one.
    let oneByOne = false;
    while (outcomes.length < pairs.length) {
      const end = outcomes.length + (oneByOne ? 1 : pairs.length);
      const asked = pairs.slice(outcomes.length, end);
      const { diffs, death } = await this.#ask(asked);
      outcomes.push(...diffs);
      if (death === null) continue;
      const isKnown = death.orderly || asked.length === 1;
      if (isKnown) outcomes.push(death.answer);
      oneByOne = !isKnown;
    }
    return outcomes;
  }

  async close(): Promise<void> {
    this.#child?.stdin.end();
    await this.#ended;
    this.#child = null;
  }

  /** The outcomes up to the pair git died of, or of all. */
  async #ask(pairs: readonly TreePair[]): Promise<Answered> {
    const child = (this.#child ??= this.#start());
    const found: (TreeDiff | undefined)[] = [];
    const headers = pairs.map(({ before, after }) => `${before} ${after}`);
    const parser = new PatchParser(headers, (diff, index) => (found[index] = diff));
    // git repeats a line that is no pair, and holds nothing back then (diff-tree.c). Nobody can guess this one.
    const mark = `done ${randomBytes(16).toString('hex')}\n`;
    const output = new MarkedOutput(parser, mark);
    this.#receive = (chunk) => output.push(chunk);
    this.#watchdog!.watch();
    child.stdin.write([...headers.map((header) => `${header}\n`), mark].join(''));
    await Promise.race([output.ended, this.#ended]);
    this.#watchdog!.rest();
    if (output.isWhole && !found.includes(undefined) && found.length === pairs.length)
      return { diffs: found as TreeDiff[], death: null };
    // All that git said on the side has come when it has ended.
    this.#child = null;
    if (output.isWhole) child.stdin.end();
    else child.kill('SIGKILL');
    const code = await this.#ended;
    if (!output.isWhole) output.flush();
    const words = this.#watchdog!.words ?? this.#words.trim().split('\n').at(-1) ?? '';
    const { broken } = output;
    const answer = { failed: broken ?? words, died: broken !== null || code === CRASHED };
    // git says nothing of a pair of which it cannot read a tree.
    const spoken = output.isWhole ? pairs.length : found.length;
    const diffs = Array.from({ length: spoken }, (_, at) => found[at] ?? answer);
    if (spoken === pairs.length) return { diffs, death: null };
    return { diffs, death: { orderly: broken !== null || code !== CRASHED, answer } };
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#repo, ARGUMENTS);
    this.#ended = exitCode(child);
    this.#watchdog = new Watchdog(child, this.#patience);
    this.#words = '';
    child.stdin.on('error', () => undefined);
    child.stderr.on('data', (chunk: Buffer) => {
      this.#words = `${this.#words}${chunk.toString()}`.slice(-MOST_WORDS);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      if (child === this.#child) this.#receive(chunk);
    });
    return child;
  }
}

/** Hands output to a parser, up to a mark. */
class MarkedOutput {
  /** Resolves at the mark, or where the parser does not understand. */
  readonly ended: Promise<void>;
  /** The mark has come. */
  isWhole = false;
  /** What the parser did not understand. */
  broken: string | null = null;
  readonly #parser: PatchParser;
  readonly #mark: string;
  #held: Buffer = Buffer.alloc(0);
  #end: () => void = () => undefined;

  constructor(parser: PatchParser, mark: string) {
    this.#parser = parser;
    this.#mark = mark;
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  push(chunk: Buffer): void {
    if (this.broken !== null) return;
    const all = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const cut = Math.max(0, all.length - this.#mark.length);
    this.#held = all.subarray(cut);
    this.#parse(() => this.#parser.push(all.subarray(0, cut)));
    if (this.#held.toString('latin1') !== this.#mark) return;
    this.isWhole = true;
    this.#parse(() => this.#parser.end());
    this.#end();
  }

  /** No more comes. */
  flush(): void {
    if (this.broken === null) this.#parse(() => this.#parser.push(this.#held));
  }

  #parse(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.broken = (error as Error).message;
      this.#end();
    }
  }
}

/** Characters kept of what git says on the side. */
const MOST_WORDS = 8192;
