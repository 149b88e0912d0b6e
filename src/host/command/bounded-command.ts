import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { Failure } from '../../domain/failure.ts';
import type { Environment } from '../../domain/repo.ts';
import type { CommandEnd } from '../../domain/validation.ts';
import { LastWill } from '../process/last-will.ts';
import { atEnd } from '../signals.ts';
import { OutputTail } from './output-tail.ts';
import { ProcessGroup, RUN_MARK } from './process-group.ts';

/** A command that must be gone when it is done, whatever it does. */
export interface BoundedCommand {
  readonly directory: string;
  readonly environment: Environment;
  /** Milliseconds after which it is ended. */
  readonly timeout: number;
  /** Bytes of output that are kept, of its end. */
  readonly kept: number;
  /** Ends the command and whatever it has started; the reason is a `Failure`. */
  readonly signal?: AbortSignal | undefined;
  /** Told the process group when it is there. */
  readonly onStart?: ((group: number) => void) | undefined;
  /** Told the last line so far, a few times a second at most. */
  readonly onLine?: ((line: string) => void) | undefined;
}

export interface BoundedEnd extends CommandEnd {
  /** The end of what it printed on both streams, as it came. */
  readonly tail: string;
  /** Bytes it printed in all. */
  readonly printed: number;
}

/** Milliseconds: what is told to end has this long; what a command left behind, the second; output, the third. */
const GRACE = 5000;
const GRACE_AFTER = 1000;
const DRAIN = 500;
/** What a timer can wait for at most, in milliseconds: 24 days. */
const LONGEST = 2 ** 31 - 1;
const windows = process.platform === 'win32';
/** Nothing runs before somebody sees to its end: were this program killed between the two, it would go on. */
const WHEN_TOLD =
  'exec 2>&1; read -r bailiwick_begin <&3 || exit; unset bailiwick_begin; exec 3<&-';

/**
 * Runs one command line by the system's shell, without input and in a process group of its own that is
 * gone afterwards: when it ends by itself, when its time is up, when it is told to, when this program
 * ends in any way. On Linux that holds also for what has left the group and kept its environment.
 *
 * @throws Failure `io` when there is no shell or no such directory
 */
export async function runBoundedCommand(
  command: string,
  { directory, environment, timeout, kept, signal, onStart, onLine }: BoundedCommand,
): Promise<BoundedEnd> {
  const mark = randomUUID();
  const began = performance.now();
  const tail = new OutputTail(kept);
  const child = spawn(windows ? command : `${WHEN_TOLD}\n${command}`, {
    cwd: directory,
    env: { ...environment, [RUN_MARK]: mark },
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe', windows ? 'ignore' : 'pipe'],
    detached: !windows,
    windowsHide: true,
  });
  const exited = exitOf(child);
  const leader = child.pid;
  // No process came of it; what is waited for says why.
  if (leader === undefined) return exited as Promise<never>;
  const group = new ProcessGroup(leader, mark);
  const forget = atEnd(() => group.kill());
  const will = windows ? null : beginWithWill(child, leader);
  const ending: Promise<number[]>[] = [];
  const stop = (): void => void ending.push(windows ? endTree(leader) : group.end(GRACE));
  let timedOut = false;
  const timer = setTimeout(
    () => {
      timedOut = true;
      stop();
    },
    Math.min(timeout, LONGEST),
  );
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: Buffer) => tail.add(chunk));
    if (onLine) tellLines(stream, onLine);
  }
  onStart?.(leader);
  try {
    const end = await exited;
    clearTimeout(timer);
    const leftBehind = windows || ending.length > 0 ? 0 : group.members().length;
    if (leftBehind > 0) ending.push(group.end(GRACE_AFTER));
    const unended = (await Promise.all(ending)).flat();
    await drained(child);
    const stopped = signal?.aborted ? reasonOf(signal) : null;
    const milliseconds = Math.round(performance.now() - began);
    const told = { tail: tail.text(), printed: tail.seen };
    return { ...end, timedOut, stopped, milliseconds, leftBehind, unended, ...told };
  } catch (error) {
    group.kill();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    will?.dismiss();
    forget();
  }
}

function beginWithWill({ stdio: [, , , begin] }: ChildProcess, leader: number): LastWill {
  const will = new LastWill('kill -s KILL -- "-$1"', String(leader));
  if (begin instanceof Writable) {
    // It may have ended already.
    begin.on('error', () => undefined);
    begin.end('begin\n');
  }
  return will;
}

const reasonOf = ({ reason }: AbortSignal): string =>
  reason instanceof Error ? reason.message : 'it was stopped';

/** How the command ended; what it left running may hold its output open for longer. */
const exitOf = (child: ChildProcess): Promise<{ code: number | null; signal: string | null }> =>
  new Promise((resolve, reject) => {
    child.on('error', ({ message }) =>
      reject(new Failure('io', `a command could not be started: ${message}`)),
    );
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });

/** Waits for the rest of the output, not for ever: what could not be ended may hold it. */
const drained = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.stdout?.closed && child.stderr?.closed) return resolve();
    const late = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, DRAIN);
    child.on('close', () => {
      clearTimeout(late);
      resolve();
    });
  });

/** Windows has no groups; it ends what the command started as long as each parent is there. */
function endTree(leader: number): Promise<number[]> {
  spawnSync('taskkill', ['/pid', String(leader), '/T', '/F'], { windowsHide: true });
  return Promise.resolve([]);
}

/** How often a line is told, in milliseconds, and how much of a chunk is looked at for it, in bytes. */
const EACH = 100;
const LOOKED_AT = 2000;

function tellLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let told = -EACH;
  stream.on('data', (chunk: Buffer) => {
    const now = performance.now();
    if (now - told < EACH) return;
    const lines = chunk
      .subarray(-LOOKED_AT)
      .toString('utf8')
      .split(/[\r\n]+/);
    const line = lines.findLast((each) => each.trim() !== '');
    if (line === undefined) return;
    told = now;
    onLine(line);
  });
}
