import type { Step } from '../../../domain/plan.ts';
import { shellQuote } from '../../../domain/text/quote.ts';
import { block, CREATED } from '../guard-block.ts';

/** Where git looks for hooks in one worktree of a repository that uses husky. */
export interface HuskyWorktree {
  /** Absolute. */
  readonly hooksDirectory: string;
  /** husky's generated files are there. */
  readonly armed: boolean;
}

/**
 * The steps that give every worktree husky's generated directory, which `npm install` makes in one
 * worktree only and without which git runs no hook. See `armBlock` for worktrees still to come.
 */
export function armSteps(worktrees: readonly HuskyWorktree[]): Step[] {
  const source = worktrees.find(({ armed }) => armed);
  if (source === undefined) return [];
  const bare = worktrees.filter(({ armed }) => !armed);
  return bare.map(({ hooksDirectory }) => ({
    kind: 'copy-directory',
    path: source.hooksDirectory,
    to: hooksDirectory,
    why: 'git finds no hook in this worktree without it',
  }));
}

/**
 * The lines that make a new linked worktree run husky's hooks: `core.hooksPath` is relative and
 * husky's generated directory is not tracked, so that git would find nothing to run there. Git runs
 * `post-checkout` of the calling checkout in the new worktree, with a null oid first (githooks(5)).
 *
 * @param directory husky's own, such as `.husky`, relative to the top of the worktree.
 */
export function armBlock(directory: string, created: boolean): string {
  const place = shellQuote(directory);
  return block([
    "# Gives a new worktree husky's generated directory, without which git runs no hook there.",
    ...(created ? [CREATED] : []),
    'case ${1-} in',
    "  '' | *[!0]*) ;;",
    `  *) [ -d ${place}/_ ] || { mkdir -p ${place} && cp -R "\${0%/*}/_" ${place}/_; } ;;`,
    'esac',
  ]);
}
