import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { putManyStates } from '../support/many-states.ts';
import { median, milliseconds, type Row, timeProcess } from './measure.ts';

const ROUNDS = 9;
const ENTRIES = 200;
/** Whole process, on a machine that does nothing else. */
const BUDGET = 250;
/** The same of one move of a state. */
const MOVE_BUDGET = 100;

/** `task list` and `request list` with 200 entries, and one move of a task, without a remote. */
export function listRows(packageRoot: string, directory: string): Row[] {
  const top = join(directory, 'main');
  mkdirSync(top);
  const environment = hermeticEnvironment(directory);
  const options = { cwd: top, env: environment };
  const git = (...args: string[]): void => void timeProcess('git', args, options);
  git('init', '-q', '-b', 'main');
  const policy = "version: 1\nagents: { a1: { owns: ['a/**'] }, a2: { owns: ['b/**'] } }\n";
  writeFileSync(join(top, 'ownership.yml'), policy);
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  putManyStates({ directory: top, environment }, ENTRIES);
  const time = (...args: string[]): number =>
    timeProcess(process.execPath, [join(packageRoot, 'dist/cli.js'), ...args], options);
  const times: Record<'help' | 'move' | 'request' | 'task', number[]> = {
    ...{ help: [], move: [], request: [], task: [] },
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.task.push(time('task', 'list'));
    times.request.push(time('request', 'list'));
    times.move.push(time('task', 'assign', 'a1', `new${round}`, 'one more'));
    times.help.push(time('--version'));
  }
  const row = (what: string, each: number, budget: number | null): Row => ({
    what,
    figure: milliseconds(each),
    budget: budget === null ? null : `<= ${milliseconds(budget)}`,
    kept: budget === null ? null : each <= budget,
  });
  const start = median(times.help);
  return [
    row(`task list, ${ENTRIES} entries`, median(times.task), BUDGET),
    row(`request list, ${ENTRIES} entries`, median(times.request), BUDGET),
    row(
      'one move of a state, without starting the program',
      median(times.move) - start,
      MOVE_BUDGET,
    ),
    row('starting the program', start, null),
  ];
}
