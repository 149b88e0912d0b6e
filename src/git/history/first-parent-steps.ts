import { Failure } from '../../domain/failure.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** One commit of a branch's own line, and what it came after. */
export interface LineStep {
  readonly before: Oid;
  readonly commit: Oid;
  /** What it merged, if anything. */
  readonly merged: readonly Oid[];
  readonly subject: string;
}

/**
 * The steps by which a branch came from one commit to another along its own line (first parents), oldest
 * first; at most `most` of them, the newest.
 *
 * @throws Failure `git` when the line does not lead there
 */
export async function firstParentSteps(
  repo: Repo,
  from: Oid,
  to: Oid,
  most: number,
): Promise<LineStep[]> {
  const shape = [
    '--first-parent',
    `--max-count=${most}`,
    '--no-commit-header',
    '--format=%H %P%n%s',
  ];
  const { stdout } = await runGit(repo, ['rev-list', ...shape, '--end-of-options', to, `^${from}`]);
  const lines = stdout.toString().split('\n');
  const steps: LineStep[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [commit, before, ...merged] = (lines[at] ?? '')
      .split(' ')
      .flatMap((id) => parseOid(id) ?? []);
    if (commit === undefined || before === undefined)
      throw new Failure(
        'git',
        `history does not lead from ${from.slice(0, 10)} to ${to.slice(0, 10)}`,
      );
    steps.push({ commit, before, merged, subject: lines[at + 1] ?? '' });
  }
  return steps.reverse();
}
