import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Repo } from '../../domain/repo.ts';
import { CRASHED, exitCode, startGit } from '../process/run.ts';
import type { Unanswered } from '../process/unanswered.ts';
import { PATIENCE, Watchdog } from '../process/watchdog.ts';
import type { TreePair } from './diff-pairs.ts';
import { MarkedOutput, type OutputParser } from './marked-output.ts';
import { PatchParser, type TreeDiff } from './patch-parser.ts';
import { RAW_DIFF_OPTIONS } from './raw-diff.ts';

/** A difference, or the words with which git gave up on it. */
export type DiffOutcome = TreeDiff | Unanswered;

/** What git is asked to print of two trees, and how that is read. */
export interface DiffFormat<Found> {
  /** Of git-diff-tree(1), besides `--stdin`. */
  readonly options: readonly string[];
  /**
   * Reads the output. Above each pair stands its header.
   *
   * @param onFound called for each pair, in their order.
   */
  parser(headers: readonly string[], onFound: (found: Found, index: number) => void): OutputParser;
}

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

/** What changed, path by path and line by line. */
export const TREE_DIFFS: DiffFormat<TreeDiff> = {
  options: ['-r', '-t', ...RAW_DIFF_OPTIONS, ...PATCH_OPTIONS],
  parser: (headers, onFound) => new PatchParser(headers, onFound),
};

/** How git ended before it had spoken of every pair; `orderly`: it gave out all that it had found out. */
interface Death {
  readonly orderly: boolean;
  readonly answer: Unanswered;
}

interface Answered<Found> {
  readonly diffs: (Found | Unanswered)[];
  readonly death: Death | null;
}

/**
 * One `git diff-tree --stdin`, asked as often as needed, by one caller at a time. When git dies of a pair
 * (a missing blob ends it), says nothing more, or prints what nobody understands, that pair has failed,
 * and a new process goes on.
 */
export class DiffProcess<Found extends object | string | null> {
  readonly #repo: Repo;
  readonly #format: DiffFormat<Found>;
  readonly #patience: number;
  #child: ChildProcessWithoutNullStreams | null = null;
  #ended: Promise<number> = Promise.resolve(0);
  #watchdog: Watchdog | null = null;
  #words = '';
  #receive: (chunk: Buffer) => void = () => undefined;

  /** @param patience milliseconds without a word after which git is ended. */
  constructor(repo: Repo, format: DiffFormat<Found>, patience = PATIENCE) {
    this.#repo = repo;
    this.#format = format;
    this.#patience = patience;
  }

  /** What differs between each pair of trees, in the order of the pairs. */
  async diff(pairs: readonly TreePair[]): Promise<(Found | Unanswered)[]> {
    const outcomes: (Found | Unanswered)[] = [];
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
  async #ask(pairs: readonly TreePair[]): Promise<Answered<Found>> {
    const child = (this.#child ??= this.#start());
    const found: (Found | undefined)[] = [];
    const headers = pairs.map(({ before, after }) => `${before} ${after}`);
    const parser = this.#format.parser(headers, (one, index) => (found[index] = one));
    // git repeats a line that is no pair, and holds nothing back then (diff-tree.c). Nobody can guess this one.
    const mark = `done ${randomBytes(16).toString('hex')}\n`;
    const output = new MarkedOutput(parser, mark);
    this.#receive = (chunk) => output.push(chunk);
    this.#watchdog!.watch();
    child.stdin.write([...headers.map((header) => `${header}\n`), mark].join(''));
    await Promise.race([output.ended, this.#ended]);
    this.#watchdog!.rest();
    if (output.isWhole && !found.includes(undefined) && found.length === pairs.length)
      return { diffs: found as Found[], death: null };
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
    const diffs = Array.from({ length: spoken }, (_, at) => {
      const one = found[at];
      return one === undefined ? answer : one;
    });
    if (spoken === pairs.length) return { diffs, death: null };
    return { diffs, death: { orderly: broken !== null || code !== CRASHED, answer } };
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#repo, ['diff-tree', '--stdin', ...this.#format.options]);
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

/** Characters kept of what git says on the side. */
const MOST_WORDS = 8192;
