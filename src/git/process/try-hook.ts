import { spawn } from 'node:child_process';
import type { Repo } from '../../domain/repo.ts';

/** How a hook ended. */
export interface HookEnd {
  /** Null when it did not end in time, and was ended. */
  readonly code: number | null;
  /** Both streams, as they came, the first `LONGEST` characters. */
  readonly output: string;
}

const LONGEST = 20_000;

/** How long to wait, and how to end what does not. */
export interface HookPatience {
  /** Milliseconds after which the hook and all that it started is ended. */
  readonly patience: number;
  /** Ends the processes of a group at once. */
  endGroup(leader: number): void;
}

/**
 * Starts a hook as git itself does, by `git hook run`: the file is looked up, and its environment made,
 * by the code that runs it for a commit. Without our own hardened settings, which would be handed down.
 */
export function tryHook(
  { directory, environment }: Repo,
  event: string,
  args: readonly string[],
  { patience, endGroup }: HookPatience,
): Promise<HookEnd> {
  return new Promise((resolve) => {
    const child = spawn('git', ['hook', 'run', '--ignore-missing', event, '--', ...args], {
      cwd: directory,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what it has started can be ended with it.
      detached: true,
      windowsHide: true,
    });
    let output = '';
    let late = false;
    const hear = (chunk: Buffer): void => {
      if (output.length < LONGEST) output += chunk.toString('utf8').slice(0, LONGEST);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const timer = setTimeout(() => {
      late = true;
      if (child.pid !== undefined) endGroup(child.pid);
      child.stdout.destroy();
      child.stderr.destroy();
    }, patience);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: late ? null : (code ?? 255), output });
    });
  });
}
