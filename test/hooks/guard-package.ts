import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CanaryAnswer } from '../../src/domain/reports/init.ts';
import { packageRoot } from '../support/repository.ts';

/** What the guard was started with. */
export interface GuardCall {
  readonly argv: readonly string[];
  readonly stdin: string;
  readonly cwd: string;
}

/** What the real guard says when a hook is only tried out; it is not what these tests are about. */
const answerOf = (home: string): CanaryAnswer => ({
  home,
  version: '0.0.0',
  node: process.execPath,
  nodeVersion: process.versions.node,
});

/**
 * A package with the real shims and, in the place of the guard, a program that notes how it was
 * started and ends with a code of the test's choice. What the guard decides is tested elsewhere; here
 * it only matters that it is found, started right, and obeyed.
 */
export class GuardPackage {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
    mkdirSync(join(directory, 'dist'), { recursive: true });
    cpSync(join(packageRoot, 'hooks'), join(directory, 'hooks'), { recursive: true });
    this.answers(0);
  }

  /** Chooses the exit code of the guard. */
  answers(code: number): void {
    const log = JSON.stringify(join(this.directory, 'calls'));
    writeFileSync(
      join(this.directory, 'dist/hook.cjs'),
      `const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
       const answer = process.env.BAILIWICK_CANARY;
       if (answer) {
         writeFileSync(answer, ${JSON.stringify(JSON.stringify(answerOf(this.directory)))});
         process.exit(2);
       }
       const argv = process.argv.slice(2);
       const stdin = argv[0] === 'pre-push' ? readFileSync(0, 'utf8') : '';
       appendFileSync(${log}, JSON.stringify({ argv, stdin, cwd: process.cwd() }) + '\\n');
       process.exitCode = ${code};`,
    );
  }

  /** How the guard was started so far, in order. */
  get calls(): GuardCall[] {
    const log = join(this.directory, 'calls');
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as GuardCall);
  }

  /** The names of the hooks that started the guard. */
  get events(): string[] {
    return this.calls.map(({ argv }) => argv[0]!);
  }
}
