import type { Change } from '../../../domain/change.ts';
import { type Hint, hintTo } from '../../../domain/hint.ts';
import type { AgentId } from '../../../domain/ids.ts';
import type { RepoPath } from '../../../domain/path.ts';
import { shellQuote } from '../../../domain/text/quote.ts';
import type { BranchName } from '../../../domain/refs.ts';
import { inWorktree } from '../../text/hint-elsewhere.ts';
import { fewestPaths, quoteAll } from './fewest-paths.ts';

/** Where the commits of a branch that was judged can be changed by whoever reads the answer. */
export type BranchPlace =
  /** It is what is checked out here. */
  | { readonly kind: 'here' }
  /** It is checked out in another worktree, as seen from here. */
  | { readonly kind: 'worktree'; readonly relative: string }
  /** It is checked out nowhere. */
  | { readonly kind: 'branch'; readonly branch: BranchName }
  /** It is another agent's, and whoever acts here may not commit there. */
  | { readonly kind: 'foreign'; readonly agents: readonly AgentId[] }
  /** It has no name here: an object id, a tag. */
  | { readonly kind: 'none' };

/** What the work tree would lose if the paths were written: nothing, or changes not committed yet. */
export type Uncommitted = 'files-in-the-way' | 'none' | 'tracked';

/** How a branch comes to change nothing where it may not: files as they are in one commit. */
export interface PutBack {
  /** The commit, as git names it. */
  readonly source: string;
  /** For each refused path, what is to be put back: itself, and the other halves of its renames. */
  readonly parts: ReadonlyMap<RepoPath, readonly RepoPath[]>;
  /** What the branch did since that commit. */
  readonly touched: readonly Change[];
  readonly uncommitted: Uncommitted;
  /** What asks others for the changes first, and whom; null where nobody can be asked. */
  readonly ask: { readonly command: string; readonly whom: string } | null;
}

const AIM = 'take these changes out again';

/** The command that puts everything back. It commits these paths alone, whatever else is staged. */
export function putBackAll({ parts, ...plan }: PutBack, place: BranchPlace): Hint {
  const paths = new Set([...parts.values()].flat());
  const aim = plan.ask === null ? AIM : `ask ${plan.ask.whom} for it and take it out again`;
  return putBackHint(aim, fewestPaths(paths, plan.touched), plan, place);
}

/** The same for one of the refused paths. */
export const putBackOne = (plan: PutBack, path: RepoPath, place: BranchPlace): Hint =>
  putBackHint('take it out again', plan.parts.get(path) ?? [path], { ...plan, ask: null }, place);

/**
 * What is left where no commit has files that would do: git follows a directory that the base moved, or
 * the two sides have no state in common.
 */
export const settleFirst = (base: string, place: BranchPlace): Hint =>
  hintIn(place, 'settle these files with the base', [`git merge ${shellQuote(base)}`]);

function putBackHint(
  aim: string,
  paths: readonly string[],
  { source, uncommitted, ask }: Omit<PutBack, 'parts'>,
  place: BranchPlace,
): Hint {
  const quoted = quoteAll(paths);
  const all = uncommitted === 'files-in-the-way' ? ' -a' : '';
  const kept = uncommitted === 'none' ? [] : [`git stash push -q${all} -- ${quoted}`];
  const words = uncommitted === 'none' ? aim : `${aim} and stash what is not committed`;
  return hintIn(place, words, [
    ...kept,
    ...(ask === null ? [] : [ask.command]),
    `git restore --source=${shellQuote(source)} --staged --worktree -- ${quoted}`,
    `git commit -q -m 'put back what is not to be changed' -- ${quoted}`,
  ]);
}

/** Commands of git that are to change a branch, run where it is. */
export function hintIn(place: BranchPlace, aim: string, commands: readonly string[]): Hint {
  switch (place.kind) {
    case 'here':
      return hintTo(aim, commands.join(' && '));
    case 'worktree':
      return hintTo(
        aim,
        commands.map((command) => inWorktree(command, place.relative)).join(' && '),
      );
    case 'branch':
      return hintTo(aim, [`git switch -q ${shellQuote(place.branch)}`, ...commands].join(' && '));
    case 'foreign':
      return hintTo(`have it put right, ask ${place.agents.join(' or ')}`);
    case 'none':
      return hintTo(`${aim}, judge the branch by its name`);
  }
}
