import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { putManyStates } from '../support/many-states.ts';
import { milliseconds, ratio, type Row, timeProcess } from './measure.ts';

const ROUNDS = 9;
const ENTRIES = 200;
/** Milliseconds of the whole program, on a machine that does nothing else. */
const LIST_BUDGET = 250;
/** The same of any move of a state. */
const MOVE_BUDGET = 100;
const POLICY = `version: 1
agents: { a1: { owns: ['a/**'] }, a2: { owns: ['b/**'] } }
shared: { common: { agents: [a1, a2], paths: ['d/**'] } }
`;

/** `task list` and `request list` with 200 entries, and the moves of states, without a remote. */
export function listRows(packageRoot: string, directory: string): Row[] {
  const [a1, a2] = ['main', 'a2'].map((name) => join(directory, name)) as [string, string];
  mkdirSync(join(a1, 'b'), { recursive: true });
  const environment = hermeticEnvironment(directory);
  const options = { cwd: a1, env: environment };
  const git = (...args: string[]): void => void timeProcess('git', args, options);
  git('init', '-q', '-b', 'main');
  writeFileSync(join(a1, 'ownership.yml'), POLICY);
  writeFileSync(join(a1, 'b/x'), 'x\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  git('worktree', 'add', '-q', '-b', 'feat/a2/x', a2);
  git('switch', '-q', '-c', 'feat/a1/x');
  putManyStates({ directory: a1, environment }, ENTRIES);
  const times = new Map<string, number[]>();
  const put = (name: string, each: number): void => {
    times.set(name, [...(times.get(name) ?? []), each]);
  };
  const run = (name: string, args: readonly string[], cwd = a1): void => {
    const all = [join(packageRoot, 'dist/cli.js'), ...args];
    put(name, timeProcess(process.execPath, all, { ...options, cwd }));
  };
  // The first of each leaves what V8 made of its text.
  for (let round = -1; round < ROUNDS; round += 1) {
    if (round === 0) times.clear();
    put('node', timeProcess(process.execPath, ['-e', '0'], options));
    run('task list', ['task', 'list']);
    run('request list', ['request', 'list']);
    writeFileSync(join(a1, 'b/x'), `${round}\n`);
    git('add', 'b/x');
    const before = requestIds(options);
    run('request open', ['request', 'open', '-m', 'why']);
    git('checkout', '-q', 'b/x');
    const [id = ''] = [...requestIds(options)].filter((each) => !before.has(each));
    run('request accept', ['request', 'accept', id, '--grant'], a2);
    run('request decline', ['request', 'decline', id, '-m', 'no'], a2);
    const task = `new${round}`;
    run('task assign', ['task', 'assign', 'a1', task, 'one more']);
    run('task start', ['task', 'start', task]);
    run('task complete', ['task', 'complete', task]);
    run('lock acquire', ['lock', 'acquire', 'common']);
    run('lock release', ['lock', 'release', 'common']);
  }
  // Whatever else the machine does only adds to it.
  const fastest = (all: readonly number[]): number => Math.min(...all);
  const node = fastest(times.get('node')!);
  return [...times].map(([name, all]) => {
    const each = fastest(all);
    if (name === 'node')
      return { what: 'node -e 0', figure: milliseconds(each), budget: null, kept: null };
    const isList = name.endsWith('list');
    const budget = isList ? LIST_BUDGET : MOVE_BUDGET;
    return {
      what: isList ? `${name}, ${ENTRIES} entries` : `${name}, the whole program`,
      figure: `${milliseconds(each)} (${ratio(each / node)} node -e 0)`,
      budget: `<= ${milliseconds(budget)}`,
      kept: each <= budget,
    };
  });
}

/** The ids of all requests there are. */
function requestIds({ cwd, env }: { cwd: string; env: Record<string, string> }): Set<string> {
  const args = ['for-each-ref', '--format=%(refname:lstrip=3)', 'refs/bailiwick/requests'];
  return new Set(spawnSync('git', args, { cwd, env }).stdout.toString().trim().split('\n'));
}
