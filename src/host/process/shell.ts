import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { Environment } from '../../domain/repo.ts';

export interface ShellRun {
  readonly directory: string;
  readonly environment: Environment;
  /** Absolute; the output is added to it as it comes. Nobody else on this machine may read it. */
  readonly log: string;
  /** Called with each line of output; may be called with parts of a line that is drawn over. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Ends the command and whatever it has started. */
  readonly signal?: AbortSignal | undefined;
}

/** `signal` is null unless a signal ended it. */
export interface ShellEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** How long a command that was told to end may take to do so, and its output to arrive, in milliseconds. */
const GRACE = 5000;
const DRAIN = 500;
const windows = process.platform === 'win32';

/** Runs one command line by the system's shell: `/bin/sh`, or `cmd.exe` on Windows. It gets no input. */
export async function runShell(command: string, run: ShellRun): Promise<ShellEnd> {
  mkdirSync(dirname(run.log), { recursive: true });
  const log = createWriteStream(run.log, { flags: 'a', mode: 0o600 });
  log.write(`$ ${command}\n`);
  // One stream, so that what is said on both stays in order; cmd.exe has no such words.
  const child = spawn(windows ? command : `exec 2>&1\n${command}`, {
    cwd: run.directory,
    env: run.environment,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it has started can be ended with it.
    detached: !windows,
    windowsHide: true,
  });
  const stop = (): void => endTree(child);
  run.signal?.addEventListener('abort', stop);
  if (run.signal?.aborted) stop();
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false });
    readLines(stream, run.onLine);
  }
  try {
    const end = await ended(child);
    // What a command that failed has left running would get in the way of the next attempt.
    if (end.code !== 0 && !windows && child.pid !== undefined) kill(child.pid, 'SIGTERM');
    return end;
  } finally {
    run.signal?.removeEventListener('abort', stop);
    await new Promise((resolve) => log.end(resolve));
  }
}

/** Waits for the command, not for what it left running in the background, which keeps the pipes open. */
function ended(child: ChildProcess): Promise<ShellEnd> {
  return new Promise((resolve, reject) => {
    child.on('error', ({ message }) => reject(new Failure('io', `no shell: ${message}`)));
    child.on('exit', (code, signal) => {
      const end = { code, signal };
      const drained = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve(end);
      }, DRAIN);
      child.on('close', () => {
        clearTimeout(drained);
        resolve(end);
      });
    });
  });
}

/** Asks the command and its children to end, then makes them. */
function endTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  kill(pid, 'SIGTERM');
  const late = setTimeout(() => kill(pid, 'SIGKILL'), GRACE);
  child.on('close', () => clearTimeout(late));
}

function kill(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended by itself.
  }
}

function readLines(stream: NodeJS.ReadableStream, onLine: ShellRun['onLine']): void {
  if (!onLine) return;
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split(/[\r\n]+/);
    rest = lines.pop()!;
    lines.filter((line) => line.trim() !== '').forEach(onLine);
  });
  stream.on('end', () => {
    if (rest.trim() !== '') onLine(rest);
  });
}
