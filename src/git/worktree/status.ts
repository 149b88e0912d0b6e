import { type Entry, entryOf, type Mode } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import { type BranchName, type Oid, parseBranchName, parseOid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/** A tracked path that differs from HEAD, in the index or in the work tree. */
export interface TrackedEntry {
  readonly path: RepoPath;
  /** The index differs from HEAD. */
  readonly staged: boolean;
  /** The work tree differs from the index. */
  readonly unstaged: boolean;
  readonly head: Entry | null;
  readonly index: Entry | null;
  /** What kind of file is there now; null when none is. Its content was not read. */
  readonly workTreeMode: Mode | null;
}

export interface WorkTreeStatus {
  /** The commit that is checked out; null where nothing is committed yet. */
  readonly head: Oid | null;
  /** What HEAD points at; null when it is detached. */
  readonly branch: BranchName | null;
  readonly tracked: readonly TrackedEntry[];
  /** Paths a merge or the like has left unresolved. */
  readonly unmerged: readonly RepoPath[];
  /** Neither tracked nor ignored; a directory with nothing tracked in it is one path with `/` at its end. */
  readonly untracked: readonly string[];
}

/**
 * Options that show every change that could be committed, one path each. Submodules count by their
 * commit: what is dirty inside them is not a change of this repository.
 */
const OPTIONS = [
  '--porcelain=v2',
  '--branch',
  '--no-ahead-behind',
  '-z',
  '--untracked-files=normal',
  '--no-renames',
  '--ignore-submodules=dirty',
  '--ignored=no',
];

/** What differs from HEAD in a work tree. Writes nothing, not even the index's cache of file times. */
export async function workTreeStatus(repo: Repo): Promise<WorkTreeStatus> {
  return parseStatus((await runGit(repo, ['status', ...OPTIONS])).stdout);
}

/**
 * Parses `git status --porcelain=v2 --branch -z` without renames; git-status(1), "Porcelain Format
 * Version 2":
 *
 *     # branch.oid <commit>
 *     # branch.head <branch>
 *     1 <XY> <sub> <mH> <mI> <mW> <hH> <hI> <path>
 *     u <XY> <sub> <m1> <m2> <m3> <mW> <h1> <h2> <h3> <path>
 *     ? <path>
 *
 * @throws Failure `git` for a record of another form.
 */
export function parseStatus(output: Buffer): WorkTreeStatus {
  const tracked: TrackedEntry[] = [];
  const unmerged: RepoPath[] = [];
  const untracked: string[] = [];
  let head: Oid | null = null;
  let branch: BranchName | null = null;
  for (const record of splitNul(output)) {
    const kind = String.fromCharCode(record[0] ?? 0);
    if (kind === '#') {
      const [, label = '', value = ''] = record.toString().split(' ');
      if (label === 'branch.oid') head = parseOid(value);
      // A branch cannot be told from `(detached)` if it is called that.
      if (label === 'branch.head' && value !== '(detached)') branch = parseBranchName(value);
    } else if (kind === '?') untracked.push(decodeRepoPath(record.subarray(2)));
    else if (kind === '1') tracked.push(parseTracked(record));
    else if (kind === 'u') unmerged.push(afterSpaces(record, 10).path);
    else throw new Failure('git', 'git status printed a record of unknown form');
  }
  return { head, branch, tracked, unmerged, untracked };
}

function parseTracked(record: Buffer): TrackedEntry {
  const { words, path } = afterSpaces(record, 8);
  const [, state = '', , headMode = '', indexMode = '', workTreeMode = '', head = '', index = ''] =
    words;
  return {
    path,
    staged: state[0] !== '.',
    unstaged: state[1] !== '.',
    head: entryOf(headMode, head),
    index: entryOf(indexMode, index),
    workTreeMode: workTreeMode === '000000' ? null : (workTreeMode as Mode),
  };
}

/** The words before the path, which is everything after `count` spaces. */
function afterSpaces(record: Buffer, count: number): { words: string[]; path: RepoPath } {
  let at = -1;
  for (let seen = 0; seen < count; seen += 1) {
    at = record.indexOf(0x20, at + 1);
    if (at < 0) throw new Failure('git', 'git status printed a record that is too short');
  }
  return {
    words: record.toString('latin1', 0, at).split(' '),
    path: decodeRepoPath(record.subarray(at + 1)),
  };
}
