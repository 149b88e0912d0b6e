import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { parseRefName, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { type GitResult, runGit } from '../process/run.ts';

/** Where a repository keeps its things, and what is checked out. Directories are absolute. */
export interface Location {
  /** The top of the work tree; null in a bare repository. */
  readonly top: string | null;
  /** This worktree's own git directory. */
  readonly gitDirectory: string;
  /** The directory all worktrees share. */
  readonly commonDirectory: string;
  /** What HEAD points at, born or not; null when it is detached. */
  readonly head: RefName | null;
  /** History was cut off by a shallow clone or fetch. */
  readonly shallow: boolean;
}

/**
 * Finds the repository around `repo.directory`, in one process unless HEAD has no commit yet.
 *
 * @throws Failure `git` when there is none, or git does not trust its owner.
 */
export async function locateRepository(repo: Repo): Promise<Location> {
  const directories = ['--path-format=absolute', '--git-dir', '--git-common-dir'];
  const rest = ['--is-shallow-repository', '--show-toplevel', '--symbolic-full-name', 'HEAD'];
  const result = await runGit(repo, ['rev-parse', ...directories, ...rest], { ok: [0, 128] });
  const lines = result.stdout.toString().split('\n').slice(0, -1);
  if (lines.length < 3) throw notARepository(repo, result);
  if (lines.length > 5)
    throw new Failure('git', 'a directory whose name holds a line feed cannot be worked in');
  const [gitDirectory = '', commonDirectory = '', shallow, top, head = ''] = lines;
  return {
    // A bare repository, or a place inside the git directory, has no top: git stops there.
    top: top ?? null,
    gitDirectory,
    commonDirectory,
    // On an unborn branch rev-parse cannot resolve HEAD and stops with an error.
    head: parseRefName(result.code === 0 ? head : await unbornHead(repo)),
    shallow: shallow === 'true',
  };
}

async function unbornHead(repo: Repo): Promise<string> {
  const result = await runGit(repo, ['symbolic-ref', '-q', 'HEAD'], { ok: [0, 1] });
  return result.stdout.toString().trimEnd();
}

function notARepository(repo: Repo, result: GitResult): Failure {
  const words =
    result.stderr
      .trim()
      .split('\n')[0]
      ?.replace(/^fatal: /, '') ?? '';
  return new Failure('git', `${repo.directory}: ${words || 'not a git repository'}`, [
    hintTo('work in another directory, add -C <directory>'),
  ]);
}
