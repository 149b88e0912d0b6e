import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** git's words when it would have to overwrite what is not committed; null when it would not. */
export async function fastForwardObstacle(repo: Repo, to: Oid): Promise<string | null> {
  const args = ['read-tree', '-m', '-u', '--dry-run', 'HEAD', to];
  const { code, stderr } = await runGit(repo, args, { ok: [0, 1, 128] });
  return code === 0 ? null : firstLine(stderr);
}

/**
 * Moves the branch that is checked out to a commit that follows it, with index and work tree; what is
 * not committed elsewhere stays as it is. Null when done, else git's words.
 */
export async function fastForward(repo: Repo, to: Oid): Promise<string | null> {
  const args = [
    '-c',
    'merge.verifySignatures=false',
    'merge',
    '--ff-only',
    '--no-stat',
    '--quiet',
    to,
  ];
  const { code, stderr } = await runGit(repo, args, { ok: [0, 1, 2, 128] });
  return code === 0 ? null : firstLine(stderr);
}

const firstLine = (words: string): string => words.trim().split('\n')[0] ?? '';
