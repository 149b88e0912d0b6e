import { shellQuote } from '../../domain/quote.ts';

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
export function hintElsewhere(hint: string, relative: string): string {
  const at = hint.indexOf(RUN);
  if (at < 0) return hint;
  return hint.slice(0, at) + RUN + inWorktree(hint.slice(at + RUN.length), relative);
}

const RUN = ', run ';

/** A path that no program takes for an option. */
export const dashless = (path: string): string => (path.startsWith('-') ? `./${path}` : path);
