import { Failure } from '../../domain/failure.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** Where one worktree keeps what is its own, and where git looks for its hooks. Absolute. */
export interface WorktreePlaces {
  readonly gitDirectory: string;
  /** See `hooksDirectory`. */
  readonly hooksDirectory: string;
}

/** Both in one process, because a fleet asks for every worktree. */
export async function worktreePlaces(repo: Repo): Promise<WorktreePlaces> {
  const args = ['rev-parse', '--path-format=absolute', '--git-dir', '--git-path', 'hooks'];
  const lines = (await runGit(repo, args)).stdout.toString().split('\n').slice(0, -1);
  const [gitDirectory, hooksDirectory] = lines;
  if (gitDirectory === undefined || hooksDirectory === undefined || lines.length > 2)
    throw new Failure('git', 'a directory whose name holds a line feed cannot be worked in');
  return { gitDirectory, hooksDirectory };
}
