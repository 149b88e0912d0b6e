import type { Hint } from '../hint.ts';
import type { Identity } from '../identity.ts';

/** What a check judged: one commit in the making, one merge, one branch, one pushed ref, or named paths. */
export interface Subject {
  readonly kind: 'branch' | 'commit' | 'merge' | 'paths' | 'push' | 'range';
  /** In words, for people: `the staged changes`, `feat/a1/x since origin/main@1234abc`. */
  readonly description: string;
  readonly identity: Identity;
  /** How many paths were judged. */
  readonly changes: number;
}

/** `data` of `check` and of the hooks. */
export interface CheckData {
  /** Absolute top of the worktree the check stood in; null in a bare repository. */
  readonly worktree: string | null;
  /** One, except for a push, which has one for each ref. Empty when there was nothing to judge. */
  readonly subjects: readonly Subject[];
  /** The one command that helps most when refused: unstages, restores, or takes a lock. */
  readonly remedy: Hint | null;
  /** What a reader must know to trust the answer: policy read from HEAD, stale base, bootstrap. */
  readonly notices: readonly string[];
}

/** What to judge. Exactly one of the forms; `staged` is what a commit would contain. */
export type CheckTarget =
  | { readonly kind: 'staged' }
  | { readonly kind: 'branch'; readonly ref: string }
  | { readonly kind: 'range'; readonly range: string }
  | { readonly kind: 'paths'; readonly paths: readonly string[] };
