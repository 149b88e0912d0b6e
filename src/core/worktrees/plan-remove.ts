import type { Plan, Step } from '../../domain/plan.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';

/** A worktree that may go, and what goes with it. */
export interface RemoveFacts {
  readonly path: string;
  /** Something is lost on purpose, which git itself would not remove. */
  readonly force: boolean;
  /** Null when the branch stays. */
  readonly branch: { readonly name: BranchName; readonly at: Oid } | null;
  /** Logs of its setup commands. */
  readonly logs: readonly string[];
}

/** The steps that remove a worktree: first what cannot be taken back. */
export const planRemove = ({ path, force, branch, logs }: RemoveFacts): Plan => [
  { kind: 'remove-worktree', path, force, why: 'with everything in it' },
  ...(branch === null
    ? []
    : [
        {
          kind: 'delete-branch',
          branch: branch.name,
          at: branch.at,
          why: 'its commits are elsewhere, or not wanted',
        } satisfies Step,
      ]),
  ...logs.map((log): Step => ({ kind: 'delete-file', path: log, why: 'the log of its setup' })),
];

/**
 * The steps that take out of the main checkout, which stays, what `worktree add` put into it.
 *
 * @param files those of them that are there.
 * @param block the user's file that may hold a block.
 */
export const planRelease = (
  path: string,
  files: readonly string[],
  block: string,
  logs: readonly string[],
): Plan => [
  ...[...files, ...logs].map((file): Step => ({
    kind: 'delete-file',
    path: file,
    why: 'it was written by bailiwick worktree add',
  })),
  { kind: 'mark-block', path: block, lines: null, why: 'only the block of bailiwick' },
  { kind: 'bind-worktree', path, agent: null, why: "commits here are no agent's from now on" },
];
