import { resolve } from 'node:path';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { type Host, withoutRepository } from '../host/host.ts';
import { worktreeAt } from '../host/worktree-at.ts';

/** How a call is watched while it is under way. */
export interface CallWatch {
  readonly signal: AbortSignal;
  /** Work that is done, of all that is known so far; both only grow. */
  progress(done: number, total: number, phase: string): void;
}

/**
 * The host of one call. Nobody is there to be asked, and nothing is narrated. A call that was cancelled
 * ends where it next asks for the time or tells how far it is: every change of a state asks for the
 * time before it decides, so nothing is changed after that.
 *
 * @param directory the worktree that is meant; null for the one the server was started in
 * @throws Failure `usage` for a directory that is not in a worktree of the same repository.
 */
export function callHost(host: Host, directory: string | null, watch: CallWatch): Host {
  const goOn = (): void => watch.signal.throwIfAborted();
  const count = counter();
  return {
    ...host,
    ...(directory === null ? {} : placeOf(host, directory)),
    now: () => {
      goOn();
      return host.now();
    },
    input: () => Promise.resolve(Buffer.alloc(0)),
    confirm: () => Promise.resolve(null),
    note: goOn,
    progress: (phase, done, total) => {
      goOn();
      watch.progress(...count(phase, done, total), phase);
    },
  };
}

function placeOf(host: Host, directory: string): Pick<Host, 'cwd' | 'environment'> {
  const cwd = resolve(host.cwd, directory);
  const here = worktreeAt(host.files, host.cwd);
  const there = worktreeAt(host.files, cwd);
  if (there === null || (here !== null && here.commonDirectory !== there.commonDirectory))
    throw new Failure('usage', `${directory} is not in a worktree of this repository`, [
      hintTo('see the worktrees', 'bailiwick worktree list'),
    ]);
  return { cwd, environment: withoutRepository(host.environment) };
}

/** Phases one after another as one count, which never goes back. */
function counter(): (phase: string, done: number, total: number) => [number, number] {
  let phaseNow: string | null = null;
  let before = 0;
  let last = 0;
  return (phase, done, total) => {
    if (phase !== phaseNow) {
      before = last;
      phaseNow = phase;
    }
    last = Math.max(last, before + done);
    return [last, Math.max(last, before + total)];
  };
}
