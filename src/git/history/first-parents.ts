import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/**
 * A commit and those before it on its own line, newest first, `most` of them; none when `commit` is
 * not a commit.
 */
export async function firstParents(repo: Repo, commit: Oid, most: number): Promise<Oid[]> {
  const args = ['rev-list', '--first-parent', `--max-count=${most}`, '--end-of-options', commit];
  const { stdout } = await runGit(repo, args, { ok: [0, 128] });
  return stdout
    .toString()
    .split('\n')
    .flatMap((line) => parseOid(line) ?? []);
}
