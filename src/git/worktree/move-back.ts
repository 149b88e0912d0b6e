import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * Moves the branch that is checked out to an earlier commit, with index and work tree; git refuses where
 * it would have to overwrite what is not committed. Null when done, else git's words.
 */
export async function moveBack(repo: Repo, to: Oid): Promise<string | null> {
  const { code, stderr } = await runGit(repo, ['reset', '--quiet', '--keep', to], {
    ok: [0, 1, 128],
  });
  return code === 0 ? null : (stderr.trim().split('\n')[0] ?? '');
}
