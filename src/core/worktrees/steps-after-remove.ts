import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { ObstacleKind } from '../../domain/reports/worktree.ts';
import { shellQuote } from '../../domain/text/quote.ts';

/** What is known of a worktree that was asked to go. */
export interface AskedToGo {
  readonly path: string;
  readonly agent: AgentId | null;
  readonly branch: string | null;
  /** Its directory does not exist. */
  readonly missing: boolean;
  /** `worktree add` did not finish it. */
  readonly halfMade: boolean;
  readonly obstacles: ReadonlySet<ObstacleKind>;
}

/** How to keep what there is to lose, rather than how to lose it. */
export function stepsAfterRemove(worktree: AskedToGo): Hint[] {
  const { path, agent, branch, missing, halfMade, obstacles } = worktree;
  const here = shellQuote(path);
  const steps: Hint[] = [];
  if (halfMade && agent !== null && obstacles.size > 0)
    steps.push(hintTo('complete it instead', `bailiwick worktree add ${agent}`));
  if (obstacles.has('uncommitted') && !missing)
    steps.push(hintTo('see what is not committed', `git -C ${here} status`));
  if (obstacles.has('unpushed') && branch !== null)
    steps.push(hintTo('keep its commits', `bailiwick worktree remove ${here} --keep-branch`));
  return steps;
}
