import { join } from 'node:path';
import type { WorktreeOperation } from '../../domain/worktree-operation.ts';
import type { Files } from '../../host/files.ts';

/**
 * What waits in a worktree. Of several, the one that git's own prompt names
 * (contrib/completion/git-prompt.sh): a merge inside a rebase is a step of the rebase, and a bisection
 * waits for whatever else was begun.
 *
 * @param gitDirectory the worktree's own; see gitrepository-layout(5)
 */
export function operationIn(files: Files, gitDirectory: string): WorktreeOperation | null {
  const has = (name: string): boolean => files.exists(join(gitDirectory, name));
  if (has('rebase-merge')) return 'rebase';
  // `git am` and `git rebase --apply` share the directory.
  if (has('rebase-apply')) return has('rebase-apply/applying') ? 'am' : 'rebase';
  if (has('MERGE_HEAD')) return 'merge';
  if (has('CHERRY_PICK_HEAD')) return 'cherry-pick';
  if (has('REVERT_HEAD')) return 'revert';
  return sequenceIn(files, gitDirectory) ?? (has('BISECT_LOG') ? 'bisect' : null);
}

/** Several picks or reverts of which one was committed by hand: its mark is gone, the rest waits. */
function sequenceIn(files: Files, gitDirectory: string): WorktreeOperation | null {
  const todo = files.read(join(gitDirectory, 'sequencer', 'todo'))?.toString() ?? '';
  const [, command] = /^\s*(p|pick|revert)\s/.exec(todo) ?? [];
  return command === undefined ? null : command === 'revert' ? 'revert' : 'cherry-pick';
}
