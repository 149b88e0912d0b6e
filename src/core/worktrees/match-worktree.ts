import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { BranchName } from '../../domain/refs.ts';
import { err, ok, type Result } from '../../domain/result.ts';

/** One worktree as it is now. */
export interface ActualWorktree {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Null when HEAD is detached. */
  readonly branch: BranchName | null;
  /** Who is bound to it. */
  readonly agent: AgentId | null;
  /** The main checkout. */
  readonly main: boolean;
  /** `half-made`: what made it was killed. `making`: somebody is at it. `missing`: its directory is gone. */
  readonly state: 'half-made' | 'making' | 'missing' | 'ready';
}

/** What an agent's worktree is to be. */
export interface WantedWorktree {
  readonly agent: AgentId;
  readonly branch: BranchName;
  /** Absolute, links resolved. */
  readonly path: string;
  /** The branch or its topic was asked for; else any worktree of the agent will do. */
  readonly asked: boolean;
  /** What is at `path`. */
  readonly there: 'empty' | 'nothing' | 'something';
}

/** Where an agent's worktree is, or is to be made. */
export type WorktreePlace =
  | { readonly kind: 'new' }
  | { readonly kind: 'there'; readonly worktree: ActualWorktree };

/** Why there can be no such worktree, and what helps. */
export interface PlaceRefusal {
  readonly message: string;
  readonly hint: Hint | null;
}

/**
 * Finds the place for an agent's worktree: the one that has its branch checked out, else the one in its
 * directory, else any that is bound to the agent, else a new one. Takes no worktree from anybody else.
 */
export function matchWorktree(
  wanted: WantedWorktree,
  worktrees: readonly ActualWorktree[],
): Result<WorktreePlace, PlaceRefusal> {
  const { agent, branch, path } = wanted;
  const onBranch = worktrees.find((each) => each.branch === branch);
  if (onBranch) return take(wanted, onBranch);
  const atPath = worktrees.find((each) => each.path === path);
  const own = worktrees.find((each) => each.agent === agent && each.state !== 'missing');
  if (atPath) {
    if (atPath.agent === agent && !wanted.asked) return take(wanted, atPath);
    const what = atPath.branch === null ? 'no branch' : `the branch ${atPath.branch}`;
    return err({
      message: `${path} is a worktree with ${what} checked out, not ${branch}`,
      hint: hintTo(
        `have ${branch} there`,
        `git -C ${shellQuote(path)} switch ${shellQuote(branch)}`,
      ),
    });
  }
  if (own && !wanted.asked) return take(wanted, own);
  if (wanted.there !== 'something') return ok({ kind: 'new' });
  return err({
    message: `${path} is there already, and is not a worktree of this repository`,
    hint: hintTo('make worktrees elsewhere, change worktrees.path in ownership.yml'),
  });
}

function take(
  wanted: WantedWorktree,
  worktree: ActualWorktree,
): Result<WorktreePlace, PlaceRefusal> {
  const { path, agent, state, branch } = worktree;
  if (state === 'missing')
    return err({
      message: `${branch ?? path} is checked out in ${path}, which is gone`,
      hint: hintTo('forget worktrees that are gone', 'bailiwick worktree prune'),
    });
  if (state === 'making')
    return err({ message: `${path} is just being made by another command`, hint: null });
  if (agent !== null && agent !== wanted.agent)
    return err({
      message: `${path}, where ${wanted.branch} is checked out, is bound to ${agent}`,
      hint: hintTo(
        `bind it to ${wanted.agent}`,
        `bailiwick whoami -C ${shellQuote(path)} --bind ${wanted.agent}`,
      ),
    });
  return ok({ kind: 'there', worktree });
}
