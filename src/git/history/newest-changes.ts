import { Failure } from '../../domain/failure.ts';
import { decodeRepoPath, type RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { PATIENCE } from '../process/watchdog.ts';

/** One commit with what it changed. */
export interface CommitChanges {
  readonly commit: Oid;
  readonly parents: readonly Oid[];
  /** In git's order; none for a merge. */
  readonly paths: readonly RepoPath[];
}

const SHAPE = ['-z', '--name-only', '--no-renames', '--no-relative', '--diff-merges=off', '--root'];

/** The newest commits that lead to one; merges are among them. */
export async function newestChanges(repo: Repo, tip: Oid, most: number): Promise<CommitChanges[]> {
  const format = ['--format=tformat:%x00%H %P', '--no-color', '-O/dev/null'];
  const args = ['log', `--max-count=${most}`, ...SHAPE, ...format, '--end-of-options', tip, '--'];
  return parseChanges((await runGit(repo, args, { patience: PATIENCE })).stdout);
}

/**
 * Reads the log in the format above: an empty field opens a commit, its name and parents follow, then one
 * line feed and the paths. No path is empty.
 */
export function parseChanges(output: Buffer): CommitChanges[] {
  const commits: (CommitChanges & { readonly paths: RepoPath[] })[] = [];
  for (let at = 0; at < output.length;) {
    const [field, next] = fieldAt(output, at);
    at = next;
    if (field.length === 0) {
      const [names, after] = fieldAt(output, at);
      at = after;
      const [commit, ...parents] = names.toString('latin1').split(' ').filter(Boolean) as Oid[];
      commits.push({ commit: commit!, parents, paths: [] });
      continue;
    }
    const paths = commits.at(-1)?.paths;
    if (!paths) throw new Failure('git', 'git log printed something of unknown form');
    paths.push(decodeRepoPath(paths.length === 0 && field[0] === 0x0a ? field.subarray(1) : field));
  }
  return commits;
}

function fieldAt(output: Buffer, at: number): [Buffer, number] {
  const end = output.indexOf(0, at);
  const stop = end < 0 ? output.length : end;
  return [output.subarray(at, stop), stop + 1];
}
