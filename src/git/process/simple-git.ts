import {
  GitError,
  GitPluginError,
  type SimpleGit,
  simpleGit,
  type SimpleGitOptions,
} from 'simple-git';
import type { Repo } from '../../domain/repo.ts';

/** A git process that ended with another code than 0. simple-git passes on only its own errors whole. */
export class GitExit extends GitError {
  readonly output: string;

  constructor(stdOut: Buffer, stdErr: Buffer) {
    super(undefined, firstWords(stdErr.toString()) ?? 'git gave no reason');
    this.output = stdOut.toString();
  }
}

/**
 * simple-git for a repository, for what takes long: it ends a process that says nothing for `silence`
 * milliseconds, and when `signal` fires. Its defaults do not fit, so: every exit code but 0 is an error
 * (by default one without words on standard error is a success), and the whole environment is let
 * through (by default `GIT_DIR`, `GIT_SSH_COMMAND` and all other `GIT_*` are dropped or refused).
 */
export function startSimpleGit(
  repo: Repo,
  { silence, signal }: { readonly silence?: number; readonly signal?: AbortSignal | undefined },
): SimpleGit {
  const environment = environmentOf(repo);
  return simpleGit({
    baseDir: repo.directory,
    allowEnvironment: Object.keys(environment),
    unsafe: OWN_ENVIRONMENT,
    ...(silence !== undefined && { timeout: { block: silence } }),
    ...(signal && { abort: signal }),
    errors: (error, { exitCode, stdOut, stdErr }) => {
      if (error instanceof GitPluginError) return error;
      if (exitCode === 0) return undefined;
      return new GitExit(Buffer.concat(stdOut), Buffer.concat(stdErr));
    },
  }).env(environment);
}

/** The first line that says something; never with the password that a URL may hold. */
const firstWords = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => line.replace(/^(?:fatal|error): /, '').trim())
    .find(Boolean)
    ?.replace(/:\/\/[^/@\s]*@/g, '://');

function environmentOf(repo: Repo): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(repo.environment))
    if (value !== undefined) environment[name] = value;
  return { ...environment, LC_ALL: 'C', LANGUAGE: '', GIT_TERMINAL_PROMPT: '0' };
}

/**
 * simple-git refuses variables and settings that make git run other programs. Here they are the
 * user's own, as for any git command typed in the same shell; arguments never come from outside.
 */
const OWN_ENVIRONMENT = Object.fromEntries(
  (
    [
      'allowUnsafeAlias',
      'allowUnsafeAskPass',
      'allowUnsafeCommandBinaries',
      'allowUnsafeConfigEnvCount',
      'allowUnsafeConfigPaths',
      'allowUnsafeCredentialHelper',
      'allowUnsafeDiffExternal',
      'allowUnsafeDiffTextConv',
      'allowUnsafeEditor',
      'allowUnsafeExec',
      'allowUnsafeFilter',
      'allowUnsafeFsMonitor',
      'allowUnsafeGitProxy',
      'allowUnsafeGpgProgram',
      'allowUnsafeHooksPath',
      'allowUnsafeInclude',
      'allowUnsafeMergeDriver',
      'allowUnsafePack',
      'allowUnsafePager',
      'allowUnsafeProtocolOverride',
      'allowUnsafeSshCommand',
      'allowUnsafeSubmodule',
      'allowUnsafeTemplateDir',
      'allowUnsafeUrlRewrite',
    ] satisfies (keyof NonNullable<SimpleGitOptions['unsafe']>)[]
  ).map((permission) => [permission, true]),
);
