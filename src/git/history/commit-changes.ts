import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { parseRawDiff, RAW_DIFF_OPTIONS } from '../diff/raw-diff.ts';
import { runGit } from '../process/run.ts';

/** One commit that is not a merge, when it was made, and what it changed. */
export interface DatedCommit {
  readonly commit: Oid;
  /** Milliseconds since 1970, whole seconds: when the commit was written, and when its change was. */
  readonly committed: number;
  readonly authored: number;
  readonly changes: readonly Change[];
}

/** More commits than this of one branch are not looked at. */
const MOST = 2000;

/** The commits that lead to `tip` and not to `base`, newest first, merges left out. */
export async function commitsWithChanges(repo: Repo, base: Oid, tip: Oid): Promise<DatedCommit[]> {
  const format = '--format=tformat:%x00%H %ct %at';
  const shape = ['--no-merges', '--root', ...RAW_DIFF_OPTIONS, format];
  const args = [
    'log',
    `--max-count=${MOST}`,
    ...shape,
    '--end-of-options',
    `${base}..${tip}`,
    '--',
  ];
  return parseDated((await runGit(repo, args)).stdout);
}

/**
 * Reads the log in the format above: a NUL opens a commit, then its line ends with a NUL of `-z`; the
 * records of the raw diff follow after one line feed.
 */
export function parseDated(output: Buffer): DatedCommit[] {
  const commits: DatedCommit[] = [];
  for (let at = 0; at < output.length;) {
    if (output[at] !== 0) throw new Failure('git', 'git log printed something of unknown form');
    const end = output.indexOf(0, at + 1);
    const [oid, committed, authored] = output
      .toString('latin1', at + 1, end < 0 ? output.length : end)
      .split(' ');
    at = end < 0 ? output.length : end + 1;
    const from = at;
    // A record is `:...` NUL path NUL; the next commit begins with a NUL where a record would begin.
    if (output[at] === 0x0a) at += 1;
    while (at < output.length && output[at] === 0x3a) at = afterRecord(output, at);
    const raw = output.subarray(output[from] === 0x0a ? from + 1 : from, at);
    commits.push({
      commit: oid as Oid,
      committed: Number(committed) * 1000,
      authored: Number(authored) * 1000,
      changes: parseRawDiff(raw),
    });
  }
  return commits;
}

function afterRecord(output: Buffer, at: number): number {
  const head = output.indexOf(0, at);
  const path = head < 0 ? -1 : output.indexOf(0, head + 1);
  if (path < 0) throw new Failure('git', 'git log --raw ended inside a record');
  return path + 1;
}
