/** What an agent is about to do, as its harness told it. Paths are as they were written there. */
export type Intent =
  | {
      readonly kind: 'edit';
      readonly cwd: string | null;
      /** Every file the tool will write, move or delete; never empty. */
      readonly paths: readonly string[];
    }
  | { readonly kind: 'shell'; readonly cwd: string | null; readonly command: string }
  | {
      readonly kind: 'session-start';
      readonly cwd: string | null;
      /** As the harness calls it: that of a subagent has another name. */
      readonly event: string;
    }
  | {
      readonly kind: 'stop';
      readonly cwd: string | null;
      /** The harness says that a hook has made this very turn longer already. */
      readonly again: boolean;
    }
  /** The harness wants a worktree, and whoever answers makes it. */
  | { readonly kind: 'worktree-create'; readonly cwd: string | null; readonly name: string }
  | { readonly kind: 'worktree-remove'; readonly cwd: string | null; readonly path: string }
  /** Nothing that the guard has an opinion on. */
  | { readonly kind: 'other'; readonly cwd: string | null };
