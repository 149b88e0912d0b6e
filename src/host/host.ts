import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Failure } from '../domain/failure.ts';
import type { Environment } from '../domain/repo.ts';
import { confirmOnTerminal } from './confirm.ts';
import { type Files, realFiles } from './files.ts';
import { readStandardInput } from './input.ts';
import { describeTerminal, type Terminal } from './terminal.ts';

/** Everything outside the program except git. Made once by an entry, passed down, never global. */
export interface Host {
  /** Absolute directory the command works in: `-C`, else the process's own. */
  readonly cwd: string;
  readonly environment: Environment;
  readonly files: Files;
  readonly terminal: Terminal;
  /** What this machine calls itself. */
  hostname(): string;
  /** Absolute directory bailiwick itself is installed in: the one with its `package.json`. */
  readonly packageDirectory: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** All of standard input; empty when it is a terminal. */
  input(): Promise<Buffer>;
  /** Asks a person for a yes; null when there is nobody to ask. */
  confirm(question: string): Promise<boolean | null>;
  /** Narration for people, on standard error. Plain words; nothing a script would read. */
  note(text: string): void;
  /** Work that takes long enough to wonder about: `done` of `total` in a named phase. */
  progress(phase: string, done: number, total: number): void;
}

/** What an entry may decide for itself; the rest is read from the process. */
export interface HostOptions {
  readonly packageDirectory: string;
  /** What `-C` said; relative to the process's own directory. */
  readonly directory?: string | undefined;
  readonly note?: Host['note'] | undefined;
  readonly progress?: Host['progress'] | undefined;
  readonly confirm?: Host['confirm'] | undefined;
}

/** The real outside. */
export function makeHost(options: HostOptions): Host {
  return {
    cwd: workingDirectory(options.directory),
    environment: options.directory === undefined ? process.env : withoutRepository(process.env),
    files: realFiles,
    terminal: describeTerminal(
      () => process.stdout,
      () => process.stderr,
      process.env,
    ),
    hostname,
    packageDirectory: options.packageDirectory,
    now: () => Date.now(),
    input: readStandardInput,
    note: options.note ?? ((text) => process.stderr.write(`${text}\n`)),
    confirm: options.confirm ?? confirmOnTerminal,
    progress: options.progress ?? (() => undefined),
  };
}

/** @throws Failure `io` when the process's own directory is gone, which leaves nothing to work in. */
function workingDirectory(directory = '.'): string {
  try {
    return resolve(directory);
  } catch {
    throw new Failure('io', 'the directory this runs in is gone');
  }
}

/**
 * What a hook inherits names the repository git is in. Who chose another directory means the one
 * there. Source: githooks(5); the list is that of `git rev-parse --local-env-vars`, but for the two that
 * carry settings (`GIT_CONFIG_COUNT` and `-c`, in `GIT_CONFIG_PARAMETERS`): as for `git -C`, they hold
 * wherever git works, and `safe.directory` of a container may stand only there.
 */
export function withoutRepository(environment: Environment): Environment {
  const local = new Set([
    'GIT_ALTERNATE_OBJECT_DIRECTORIES',
    'GIT_COMMON_DIR',
    'GIT_CONFIG',
    'GIT_DIR',
    'GIT_GRAFT_FILE',
    'GIT_IMPLICIT_WORK_TREE',
    'GIT_INDEX_FILE',
    'GIT_INTERNAL_SUPER_PREFIX',
    'GIT_NO_REPLACE_OBJECTS',
    'GIT_OBJECT_DIRECTORY',
    'GIT_PREFIX',
    'GIT_REPLACE_REF_BASE',
    'GIT_SHALLOW_FILE',
    'GIT_WORK_TREE',
  ]);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !local.has(name)));
}
