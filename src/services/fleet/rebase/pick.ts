import type { Oid } from '../../../domain/refs.ts';
import type { TreeDiff } from '../../../git/diff/patch-parser.ts';
import type { Unanswered } from '../../../git/process/unanswered.ts';

/** A commit that a rebase would replay: the tree it started from, and what it made of it. */
export interface Pick {
  readonly commit: Oid;
  readonly before: Oid;
  readonly after: Oid;
  readonly diff: TreeDiff;
}

/** What `git rebase` would replay of one branch, oldest first; or why that cannot be said. */
export type Picks = readonly Pick[] | Unanswered;
