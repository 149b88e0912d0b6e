import { type Entry, entryOf } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { splitNul } from '../process/split-nul.ts';
import { runGit } from '../process/run.ts';

/** One commit, its words, and what it changed of each path. */
export interface RawCommit {
  readonly commit: Oid;
  /** Subject and body. */
  readonly message: string;
  readonly changes: readonly RawEntryChange[];
}

/** Both sides of one path. */
export interface RawEntryChange {
  readonly path: RepoPath;
  readonly before: Entry | null;
  readonly after: Entry | null;
}

/** Neither names of renames nor anything a user has set; trees are read, and no contents. */
const SHAPE = [
  '-z',
  '--raw',
  '--no-abbrev',
  '--no-renames',
  '--no-relative',
  '--no-color',
  '-O/dev/null',
];
const FORMAT = '--format=tformat:%x00%H%x00%B';

/** Bytes of a log: landings that changed hundreds of thousands of files come to more. */
const MOST_BYTES = 64 << 20;

/**
 * The newest landings on a branch: its own line (first parents), newest first, a merge by what it brought.
 *
 * @param most how many
 * @param mostBytes what git prints beyond that is not read, so that the oldest are left out
 * @throws Failure `git` where some of the history is not here
 */
export async function recentLandings(
  repo: Repo,
  tip: Oid,
  most: number,
  mostBytes = MOST_BYTES,
): Promise<RawCommit[]> {
  const line = ['--first-parent', '--diff-merges=first-parent', `--max-count=${most}`];
  const args = ['log', ...line, ...SHAPE, FORMAT, '--end-of-options', tip, '--'];
  const read: Buffer[] = [];
  let bytes = 0;
  await runGit(repo, args, {
    onOutput(chunk) {
      read.push(chunk.subarray(0, Math.max(mostBytes - bytes, 0)));
      bytes += chunk.length;
    },
  });
  const output = Buffer.concat(read);
  // Two NULs stand before each commit: what comes after the last ones is cut off.
  return parseRawHistory(
    bytes > output.length ? output.subarray(0, output.lastIndexOf('\0\0') + 1) : output,
  );
}

/** The newest commits that `tip` has and `base` has not, without merges. */
export async function commitsBeside(
  repo: Repo,
  base: Oid,
  tip: Oid,
  most: number,
): Promise<RawCommit[]> {
  const args = ['log', '--no-merges', `--max-count=${most}`, ...SHAPE, FORMAT];
  return parseRawHistory(
    (await runGit(repo, [...args, '--end-of-options', tip, `^${base}`, '--'])).stdout,
  );
}

/**
 * Reads the log in the format above. An empty field opens a commit; its name and its message follow, then
 * `:<mode> <mode> <oid> <oid> <status>` and a path for each change, the first after a line feed.
 */
export function parseRawHistory(output: Buffer): RawCommit[] {
  const fields = splitNul(output);
  const commits: (RawCommit & { changes: RawEntryChange[] })[] = [];
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at]!.toString('latin1').replace(/^\n/, '');
    if (field === '') {
      const [commit, message] = [fields[at + 1], fields[at + 2]];
      at += 2;
      if (commit === undefined || message === undefined) break;
      commits.push({ commit: commit.toString() as Oid, message: message.toString(), changes: [] });
      continue;
    }
    const [from, to, before, after] = field.slice(1).split(' ');
    const path = fields[(at += 1)];
    const last = commits.at(-1);
    if (!field.startsWith(':') || !last || !path || !from || !to || !before || !after)
      throw new Failure('git', 'git log printed something of unknown form');
    last.changes.push({
      path: decodeRepoPath(path),
      before: entryOf(from, before),
      after: entryOf(to, after),
    });
  }
  return commits;
}
