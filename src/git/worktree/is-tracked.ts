import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** True when the index has this file. `name` has no directory; `repo` stands in the one it is in. */
export async function isTracked(repo: Repo, name: string): Promise<boolean> {
  const { stdout } = await runGit(repo, ['ls-files', '-z', '--', `:(literal)${name}`]);
  return stdout.length > 0;
}
