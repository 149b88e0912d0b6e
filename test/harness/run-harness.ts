import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { delimiter } from 'node:path';
import { scratchDirectory } from '../support/repository.ts';
import type { RealHarness } from './binaries.ts';
import { FakeModel, type ToolUse } from './fake-model.ts';
import { SETUPS } from './setups.ts';

/** What one session of a real program did. */
export interface Session {
  readonly code: number | null;
  readonly output: string;
  /** Everything the model was told, as one text. */
  readonly told: string;
}

/** More than any of these sessions takes, on a machine with other work. */
const PATIENCE = 120_000;

/**
 * Runs one session of the real program in a directory, with a home of its own and a model that plays
 * these calls. It gets no other address than the model's, and no key that is worth anything.
 *
 * @param trusted what a person would have said yes to: directories, and hooks where they are asked about
 */
export async function runHarness(
  harness: RealHarness,
  program: string,
  directory: string,
  calls: readonly ToolUse[],
  options: {
    readonly trusted?: boolean;
    /** The main checkout, where `directory` is a linked worktree. */
    readonly main?: string;
    /** Directories that come first on the PATH. */
    readonly path?: readonly string[];
    /** More options for the program. */
    readonly args?: readonly string[];
  } = {},
): Promise<Session> {
  const { trusted = true, main = directory, path = [], args = [] } = options;
  const model = await FakeModel.start(calls);
  const home = scratchDirectory();
  try {
    const setup = SETUPS[harness]({ home, projects: [directory, main], url: model.url, trusted });
    const run = await start(program, [...setup.args, ...args], directory, {
      PATH: [...path, process.env['PATH'] ?? ''].join(delimiter),
      HOME: home,
      TMPDIR: home,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      ...setup.environment,
    });
    return { ...run, told: model.told };
  } finally {
    model.stop();
  }
}

function start(
  program: string,
  args: readonly string[],
  directory: string,
  environment: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const options = { cwd: directory, env: environment, timeout: PATIENCE };
    // By this very node: the one that is found on the PATH may be what is tried out.
    const words = isScript(program) ? [process.execPath, program, ...args] : [program, ...args];
    const child = spawn(words[0]!, words.slice(1), {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

function isScript(program: string): boolean {
  const file = openSync(program, 'r');
  const start = Buffer.alloc(64);
  readSync(file, start);
  closeSync(file);
  return /^#!.*node/.test(start.toString());
}
