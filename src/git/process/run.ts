import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { Watchdog } from './watchdog.ts';

/** What a finished git process left. Any exit code is a result; the caller says which it expects. */
export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  /** Written to standard input, which is closed after it; nothing is sent by default. */
  readonly input?: string | Uint8Array;
  /** Exit codes that are answers. Any other is a `Failure` with git's own words. Default: 0. */
  readonly ok?: readonly number[];
  /** Environment variables on top of the hardened ones: quarantine, index. */
  readonly environment?: Environment;
  /** Called with each chunk of standard output as it arrives. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** Ends the process when it fires. */
  readonly signal?: AbortSignal;
  /** Milliseconds without a word after which the process is ended; it is then `CRASHED`. Default: never. */
  readonly patience?: number;
}

/** The exit code that stands for every signal. */
export const CRASHED = 255;

/**
 * Settings no repository or user may turn: they change what git prints, or make it run programs
 * (`core.fsmonitor` is a hook).
 */
const HARDENING = [
  'core.quotePath=false',
  'core.fsmonitor=false',
  'diff.ignoreSubmodules=none',
  'submodule.recurse=false',
  'log.showSignature=false',
].flatMap((setting) => ['-c', setting]);

const OLD_GIT = hintTo(
  'use bailiwick, install git 2.39 or newer: https://git-scm.com/downloads; to see which it is',
  'git --version',
);

/** How many git processes this program has started; tests keep a budget on it. */
let started = 0;
export const gitProcessesStarted = (): number => started;

/**
 * Starts git with hardened settings and waits for it.
 *
 * @throws Failure `git` when git is missing, or exits with a code that is not in `options.ok`.
 */
export async function runGit(
  repo: Repo,
  args: readonly string[],
  options: RunOptions = {},
): Promise<GitResult> {
  const child = startGit(repo, args, options);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    if (options.onOutput) options.onOutput(chunk);
    else stdout.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // git may leave before it has read everything; its exit code says why, EPIPE does not.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const watchdog = options.patience === undefined ? null : new Watchdog(child, options.patience);
  watchdog?.watch();
  const code = await exitCode(child);
  const said = Buffer.concat(stderr).toString();
  const result = { code, stdout: Buffer.concat(stdout), stderr: watchdog?.words ?? said };
  if (!(options.ok ?? [0]).includes(code)) throw gitFailure(args, result);
  return result;
}

/** Starts git and gives the running process, for conversations over standard input. */
export function startGit(
  repo: Repo,
  args: readonly string[],
  options: Pick<RunOptions, 'environment' | 'signal'> = {},
): ChildProcessWithoutNullStreams {
  started += 1;
  return spawn('git', [...HARDENING, ...args], {
    cwd: repo.directory,
    env: { ...hardenedEnvironment(repo.environment), ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...(options.signal && { signal: options.signal }),
  });
}

/** Resolves with the exit code; 128 + n is not made up for signals, they are `CRASHED`. */
export function exitCode(child: ChildProcessWithoutNullStreams): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => reject(spawnFailure(error)));
    child.on('close', (code) => resolve(code ?? CRASHED));
  });
}

/** The failure that stands for a git process that ended in a way nobody asked for. */
export function gitFailure(args: readonly string[], result: GitResult): Failure {
  const words = result.stderr.trim().split('\n').slice(0, 4).join(' / ');
  const what = `git ${verbOf(args)} ended with code ${result.code}: ${words || 'no message'}`;
  // 129: git does not know an option, and all that are used here came with 2.39 or before.
  return new Failure('git', what, result.code === 129 ? [OLD_GIT] : []);
}

/** What git was asked to do, behind the settings that come first. */
const verbOf = (args: readonly string[]): string =>
  args.find((word, at) => !word.startsWith('-') && args[at - 1] !== '-c') ?? '';

function hardenedEnvironment(environment: Environment): Environment {
  return {
    ...environment,
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Nothing is there, and nothing can be: of an empty file git would say that grafts are old.
    GIT_GRAFT_FILE: '/dev/null/none',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: 'cat',
    GIT_EXTERNAL_DIFF: undefined,
    GIT_DIFF_OPTS: undefined,
    GIT_LITERAL_PATHSPECS: undefined,
    GIT_GLOB_PATHSPECS: undefined,
    GIT_NOGLOB_PATHSPECS: undefined,
    GIT_ICASE_PATHSPECS: undefined,
    GIT_TRACE: undefined,
  };
}

function spawnFailure(error: NodeJS.ErrnoException): Failure {
  if (error.code === 'ENOENT')
    return new Failure('git', 'git was not found on PATH, or the directory does not exist', [
      hintTo('use bailiwick, install git 2.39 or newer: https://git-scm.com/downloads'),
    ]);
  return new Failure('git', `git could not be started: ${error.message}`);
}
