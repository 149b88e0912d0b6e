import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Environment } from '../domain/repo.ts';
import type { Host } from './host.ts';

/** What a person would have seen of a run of this program. */
export interface ProgramRun {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** Standard error after standard output. */
  readonly output: string;
}

/** Runs this very program as a person does, in a process of its own. It gets no input. */
export function runProgram(
  { packageDirectory }: Host,
  args: readonly string[],
  where: { readonly directory: string; readonly environment: Environment },
): Promise<ProgramRun> {
  const program = join(packageDirectory, 'dist', 'cli.js');
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [program, ...args],
      { cwd: where.directory, env: where.environment, windowsHide: true },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, output: `${stdout}${stderr}` }),
    );
    child.stdin?.end();
  });
}
