import { closeSync, openSync } from 'node:fs';
import type { Environment } from '../domain/repo.ts';

/** What the two output streams can show. */
export interface Terminal {
  readonly out: Stream;
  readonly err: Stream;
  /** A terminal is there that a person can be at, whatever the streams lead to: git gives hooks none of its own. */
  readonly attended: boolean;
}

export interface Stream {
  readonly isTerminal: boolean;
  readonly color: boolean;
  /** Columns; 80 when it is not a terminal. */
  readonly width: number;
}

/**
 * What the two streams can show, looked at when it is asked for: opening them takes a hook 2 ms, and
 * most hooks say nothing. Colour only on a terminal that is not dumb, never with `NO_COLOR`
 * (no-color.org), always with `FORCE_COLOR` unless it is 0.
 */
export function describeTerminal(
  stdout: () => NodeJS.WriteStream,
  stderr: () => NodeJS.WriteStream,
  environment: Environment,
): Terminal {
  const stream = (of: NodeJS.WriteStream): Stream => ({
    isTerminal: of.isTTY === true,
    color: wantsColor(of.isTTY === true, environment),
    width: of.columns || 80,
  });
  return {
    get out() {
      return stream(stdout());
    },
    get err() {
      return stream(stderr());
    },
    get attended() {
      return hasTerminal();
    },
  };
}

function wantsColor(isTerminal: boolean, environment: Environment): boolean {
  if (environment['NO_COLOR']) return false;
  const force = environment['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0';
  return isTerminal && environment['TERM'] !== 'dumb';
}

/** Whether the process has a controlling terminal; tty(4). */
function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r+'));
    return true;
  } catch {
    return false;
  }
}
