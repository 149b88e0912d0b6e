import { closeSync, fstatSync, openSync } from 'node:fs';
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
 * What the two streams can show, looked at when it is asked for and opened only where they may lead to a
 * terminal: to open one takes a hook 3 ms. Colour only on a terminal that is not dumb, never with `NO_COLOR`
 * (no-color.org), always with `FORCE_COLOR` unless it is 0.
 */
export function describeTerminal(
  stdout: () => NodeJS.WriteStream,
  stderr: () => NodeJS.WriteStream,
  environment: Environment,
): Terminal {
  const stream = (descriptor: number, open: () => NodeJS.WriteStream): Stream => {
    const of = isDevice(descriptor) ? open() : { isTTY: false, columns: 0 };
    return {
      isTerminal: of.isTTY === true,
      color: wantsColor(of.isTTY === true, environment),
      width: of.columns || 80,
    };
  };
  return {
    get out() {
      return stream(1, stdout);
    },
    get err() {
      return stream(2, stderr);
    },
    get attended() {
      return hasTerminal();
    },
  };
}

/** Whether a descriptor may lead to a terminal: a file or a pipe does not. */
function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return true;
  }
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
