import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** What a base has that a branch has not. */
export interface CommitsBehind {
  readonly count: number;
  /**
   * When the oldest of them on the base's own line (first parents) was committed, in milliseconds
   * since 1970: until then the branch had all of the base. Null when it still has.
   */
  readonly since: number | null;
}

/** Counts the commits of `base` that `head` does not reach; both are full oids of commits. */
export async function commitsBehind(repo: Repo, base: Oid, head: Oid): Promise<CommitsBehind> {
  const args = ['rev-list', '--timestamp', '--parents', '--end-of-options', base, `^${head}`];
  const { stdout } = await runGit(repo, args);
  const lines = stdout.toString('latin1').split('\n').filter(Boolean);
  const commits = new Map(
    lines.map((line) => {
      const [time = '', commit = '', parent = ''] = line.split(' ');
      return [commit, { time: Number(time) * 1000, parent }] as const;
    }),
  );
  let since: number | null = null;
  for (let at = commits.get(base); at; at = commits.get(at.parent)) since = at.time;
  return { count: commits.size, since };
}
