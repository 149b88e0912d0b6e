import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { exitCode, gitFailure, runGit, startGit } from '../process/run.ts';
import { parseRawDiff, RAW_DIFF_OPTIONS } from './raw-diff.ts';

/** What differs between two trees, given as full oids of trees or commits. */
export async function treeChanges(repo: Repo, before: string, after: string): Promise<Change[]> {
  const args = ['diff-tree', '-r', ...RAW_DIFF_OPTIONS, '--end-of-options', before, after];
  return parseRawDiff((await runGit(repo, args)).stdout);
}

/** The same for one pair of trees that is not known yet: git is started meanwhile. */
export class TreeComparison {
  readonly #args = ['diff-tree', '--stdin', '-r', ...RAW_DIFF_OPTIONS];
  readonly #child: ReturnType<typeof startGit>;
  readonly #ended: Promise<Buffer>;

  constructor(repo: Repo) {
    this.#child = startGit(repo, this.#args);
    this.#child.stdin.on('error', () => undefined);
    this.#ended = this.#read();
    // Whoever never asks is not told.
    this.#ended.catch(() => undefined);
  }

  /** To be asked once. `before` and `after` are trees. */
  async changes(before: Oid, after: Oid): Promise<Change[]> {
    const pair = `${before} ${after}\n`;
    this.#child.stdin.end(pair);
    const output = await this.#ended;
    if (output.toString('latin1', 0, pair.length) !== pair)
      throw new Failure('git', 'git diff-tree left a pair of trees out');
    return parseRawDiff(output.subarray(pair.length));
  }

  /** Nothing is going to be asked. */
  close(): void {
    this.#child.stdin.end();
  }

  async #read(): Promise<Buffer> {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    this.#child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const code = await exitCode(this.#child);
    const result = {
      code,
      stdout: Buffer.concat(stdout),
      stderr: Buffer.concat(stderr).toString(),
    };
    if (code !== 0) throw gitFailure(this.#args, result);
    return result.stdout;
  }
}
