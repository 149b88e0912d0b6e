import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import { PATIENCE } from '../process/watchdog.ts';

/** A commit and its parents, as history has them. */
export type CommitLink = readonly [commit: Oid, ...parents: Oid[]];

/** The commits the tips have and the base and `more` have not, parents before their children: the order of a rebase. */
export async function commitsAhead(
  repo: Repo,
  base: Oid,
  tips: readonly Oid[],
  more: readonly Oid[] = [],
): Promise<CommitLink[]> {
  const args = ['rev-list', '--topo-order', '--reverse', '--parents', '--stdin'];
  const without = [base, ...more].map((oid) => `^${oid}`);
  const input = `${[...without, ...tips].join('\n')}\n`;
  const { stdout } = await runGit(repo, args, { input, patience: PATIENCE });
  const lines = stdout.toString('latin1').split('\n').filter(Boolean);
  return lines.map((line) => line.split(' ') as [Oid, ...Oid[]]);
}
