import type { PlannedStep } from '../../domain/plan.ts';
import { escapeText } from '../escape.ts';
import type { View } from '../view.ts';
import { pad, wrap } from '../words.ts';

/**
 * The steps of a plan, two lines each: what and where, then why.
 *
 * @param top absolute directory that paths inside it are shown relative to.
 */
export const planLines = (
  steps: readonly PlannedStep[],
  top: string,
  { paint, width }: View,
): string[] =>
  steps.flatMap((step) => [
    `  ${pad(verb(step), 6)} ${paint.name(escapeText(below(step.target, top)))}${paint.name(end(step, top))}`,
    ...wrap(escapeText(step.why), width, '         ').map(paint.faint),
  ]);

/** A path as it is shown: relative when it is inside `top`. Not escaped. */
export const below = (path: string, top: string): string =>
  path.startsWith(`${top}/`) ? path.slice(top.length + 1) : path;

function verb({ kind, to }: PlannedStep): string {
  switch (kind) {
    case 'write-file':
      return 'write';
    case 'delete-file':
    case 'remove-empty-directory':
    case 'remove-worktree':
      return 'remove';
    case 'rename-file':
      return 'move';
    case 'copy-directory':
      return 'copy';
    case 'set-config':
      return to === null ? 'unset' : 'set';
    case 'mark-block':
      return 'edit';
    case 'create-branch':
      return 'branch';
    case 'delete-branch':
      return 'delete';
    case 'add-worktree':
      return 'add';
    case 'check-out':
      return 'fill';
    case 'bind-worktree':
      return to === null ? 'unbind' : 'bind';
    case 'run-command':
      return 'run';
  }
}

/** Characters of a setting; the rest of a program in it says nothing to a reader, and `--json` has it. */
const LONGEST_VALUE = 120;

function end({ kind, to }: PlannedStep, top: string): string {
  if (to === null) return '';
  switch (kind) {
    case 'set-config':
      return ` = ${escapeText(to.length > LONGEST_VALUE ? `${to.slice(0, LONGEST_VALUE)}...` : to)}`;
    case 'create-branch':
      return ` at ${escapeText(to.slice(0, 10))}`;
    case 'add-worktree':
    case 'check-out':
      return ` on ${escapeText(to)}`;
    case 'bind-worktree':
      return ` to ${escapeText(to)}`;
    case 'run-command':
      return ` in ${escapeText(below(to, top))}`;
    case 'copy-directory':
    case 'delete-branch':
    case 'delete-file':
    case 'mark-block':
    case 'remove-empty-directory':
    case 'remove-worktree':
    case 'rename-file':
    case 'write-file':
      return ` -> ${escapeText(below(to, top))}`;
  }
}
