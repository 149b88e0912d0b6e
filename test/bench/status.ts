import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { median, milliseconds, ratio, type Row, timeProcess } from './measure.ts';

const AGENTS = 20;
const FILES = 100;
const ROUNDS = 9;
/** Whole process, on a machine that does nothing else. */
const BUDGET = 300;

/**
 * `status` of an unchanged fleet: 20 worktrees of a 2,000-file repository, each on its agent's branch
 * with commits of its own and something uncommitted. The first run fills the memory of merges.
 */
export function statusRows(packageRoot: string, directory: string): Row[] {
  const top = makeFleet(directory);
  const options = { cwd: top, env: environment(directory) };
  const cli = join(packageRoot, 'dist/cli.js');
  const status = (...more: string[]): number =>
    timeProcess(process.execPath, [cli, 'status', ...more], options);
  const cold = status();
  const times = { whole: [] as number[], alone: [] as number[], git: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.whole.push(status());
    times.alone.push(status('--no-overlap'));
    times.git.push(plainStatus(directory, options));
  }
  const whole = median(times.whole);
  const row = (what: string, figure: string): Row => ({ what, figure, budget: null, kept: null });
  return [
    {
      what: `status of ${AGENTS} worktrees, unchanged`,
      figure: milliseconds(whole),
      budget: `<= ${milliseconds(BUDGET)}`,
      kept: whole <= BUDGET,
    },
    row('the same with --no-overlap', milliseconds(median(times.alone))),
    row('the first time', milliseconds(cold)),
    row('status against git status in each worktree', ratio(whole / median(times.git))),
  ];
}

/** What a person would do instead, one worktree after the other. */
function plainStatus(
  directory: string,
  options: { cwd: string; env: Record<string, string> },
): number {
  let sum = 0;
  for (let agent = 1; agent <= AGENTS; agent += 1)
    sum += timeProcess('git', ['-C', join(directory, `wt-a${agent}`), 'status', '-s'], options);
  return sum;
}

function makeFleet(directory: string): string {
  const top = join(directory, 'main');
  mkdirSync(top);
  const git = (at: string, ...args: string[]): void =>
    void timeProcess('git', args, { cwd: at, env: environment(directory) });
  git(top, 'init', '-q', '-b', 'main');
  const agents = Array.from({ length: AGENTS }, (_, at) => `a${at + 1}`);
  write(top, 'ownership.yml', policyOf(agents));
  for (const agent of agents)
    for (let file = 0; file < FILES; file += 1)
      write(top, `parts/${agent}/dir${file % 7}/file${file}.txt`, `${agent} ${file}\n`.repeat(20));
  commit(top, 'first');
  for (const agent of agents) {
    const at = join(directory, `wt-${agent}`);
    git(top, 'worktree', 'add', '-q', '-b', `feat/${agent}/topic`, at);
    for (const round of [1, 2]) {
      write(at, `parts/${agent}/dir0/file0.txt`, `${agent} ${round}\n`.repeat(20));
      commit(at, `work ${round}`);
    }
    write(at, `parts/${agent}/dir1/file1.txt`, 'uncommitted\n');
  }
  write(top, 'parts/a1/dir2/file2.txt', 'main went on\n');
  commit(top, 'second');
  return top;

  function commit(at: string, message: string): void {
    git(at, 'add', '-A');
    git(at, 'commit', '-q', '-m', message);
  }
}

const policyOf = (agents: readonly string[]): string =>
  [
    'version: 1',
    "identify: { branches: ['feat/{agent}/{topic}'] }",
    'agents:',
    ...agents.map((agent) => `  ${agent}: { owns: ['parts/${agent}/**'] }`),
    'limits: { lines: 300, behind: 50, age: 3h }',
    '',
  ].join('\n');

function write(at: string, path: string, content: string): void {
  mkdirSync(dirname(join(at, path)), { recursive: true });
  writeFileSync(join(at, path), content);
}

const environment = (directory: string): Record<string, string> => hermeticEnvironment(directory);
