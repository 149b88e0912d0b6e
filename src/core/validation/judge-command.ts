import { formatDuration } from '../../domain/text/duration.ts';
import type { CommandEnd, ValidationVerdict } from '../../domain/validation.ts';

/** What one command, or all of them, came to, and why. */
export interface ValidationJudgement {
  readonly verdict: ValidationVerdict;
  /** A clause; null for a pass. */
  readonly reason: string | null;
}

/** Signals by which somebody outside ends a program: a person, a supervisor, the kernel short of memory. */
const FROM_OUTSIDE = new Map([
  [1, 'SIGHUP'],
  [2, 'SIGINT'],
  [9, 'SIGKILL'],
  [15, 'SIGTERM'],
]);

const PASS: ValidationJudgement = { verdict: 'pass', reason: null };
const undecided = (reason: string): ValidationJudgement => ({ verdict: 'undecided', reason });

/**
 * What a command that ended so has said. One that is not there, cannot be run or was ended by somebody
 * else has said nothing. One whose time is up has failed: a change that makes a test wait for ever
 * does just that. The shell's codes 126, 127 and 128 + n are those of POSIX.1, "Exit Status for Commands".
 *
 * @param timeout milliseconds it was given
 */
export function judgeCommand(end: CommandEnd, timeout: number): ValidationJudgement {
  if (end.stopped !== null) return undecided(end.stopped);
  if (end.unended.length > 0)
    return undecided(`process ${end.unended.join(', ')} could not be ended`);
  if (end.timedOut) return { verdict: 'fail', reason: `not done after ${formatDuration(timeout)}` };
  if (end.code === 0) return PASS;
  if (end.code === 127) return undecided('the command was not found (exit code 127)');
  if (end.code === 126) return undecided('the command cannot be run (exit code 126)');
  const outside =
    end.code === null
      ? [...FROM_OUTSIDE.values()].find((name) => name === end.signal)
      : FROM_OUTSIDE.get(end.code - 128);
  if (outside !== undefined) return undecided(`ended from outside by ${outside}`);
  return {
    verdict: 'fail',
    reason: end.code === null ? `ended by ${end.signal}` : `exit code ${end.code}`,
  };
}

/**
 * What all commands together came to: every one must pass.
 *
 * @param commands all that were to run
 * @param moved what changed in the tree meanwhile, see `treeMoves`: then they have not judged one tree
 */
export function judgeCommands(
  commands: readonly string[],
  runs: readonly (ValidationJudgement & { readonly text: string })[],
  moved: readonly string[],
): ValidationJudgement {
  if (commands.length === 0) return undecided('there are no commands to run');
  const stopped = runs.find(({ verdict }) => verdict === 'undecided');
  const failed = runs.filter(({ verdict }) => verdict === 'fail');
  if (moved.length > 0)
    return undecided(`what was judged changed meanwhile: ${moved.slice(0, 5).join(', ')}`);
  if (failed.length > 0)
    return {
      verdict: 'fail',
      reason: `${failed.length} of ${commands.length} ${commands.length === 1 ? 'command' : 'commands'} failed`,
    };
  if (stopped) return undecided(`${stopped.text}: ${stopped.reason}`);
  return runs.length === commands.length ? PASS : undecided('not every command was run');
}
