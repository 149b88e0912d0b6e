import { type Hint, hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';

/**
 * A command of git or bailiwick that is to run in another worktree, for people who are not there.
 *
 * @param relative the worktree as seen from here; `.` is here
 */
export function inWorktree(command: string, relative: string): string {
  if (relative === '.') return command;
  const there = `-C ${shellQuote(dashless(relative))}`;
  return command.startsWith('git ')
    ? `git ${there} ${command.slice('git '.length)}`
    : `${command} ${there}`;
}

/** A hint whose command is to run in another worktree. */
export const hintElsewhere = ({ aim, command }: Hint, relative: string): Hint =>
  hintTo(aim, command === null ? null : inWorktree(command, relative));

/** A path that no program takes for an option. */
export const dashless = (path: string): string => (path.startsWith('-') ? `./${path}` : path);
