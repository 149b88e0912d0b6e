import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { median, milliseconds, type Row } from './measure.ts';

const UPDATES = 40;
const ROUNDS = 5;
/** Milliseconds that one update of a ref may take longer. */
const BUDGET = 5;

const POLICY = `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
agents:
  a1: { owns: ['src/**'] }
`;

/** What strict mode adds to the update of a branch that is no agent's: side by side with no hook. */
export function strictRows(packageRoot: string, directory: string): Row[] {
  const env = { ...hermeticEnvironment(directory), BAILIWICK_AGENT: '', AGENT_ID: '' };
  const run = (program: string, args: readonly string[]): void => {
    const { status, stderr } = spawnSync(program, args, { cwd: directory, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  };
  mkdirSync(directory, { recursive: true });
  run('git', ['init', '-q', '-b', 'main']);
  writeFileSync(join(directory, 'ownership.yml'), POLICY);
  run('git', ['add', '.']);
  run('git', ['commit', '-q', '-m', 'first']);
  run(process.execPath, [join(packageRoot, 'dist/cli.js'), 'init', '--strict', '--no-policy']);
  // The first one asks what branches of agents look like.
  run('git', ['update-ref', 'refs/heads/first', 'HEAD']);
  const hook = join(directory, '.git/hooks/reference-transaction');
  let made = 0;
  const timed = (): number => {
    const start = performance.now();
    for (let at = 0; at < UPDATES; at++)
      run('git', ['update-ref', `refs/heads/topic-${(made += 1)}`, 'HEAD']);
    return (performance.now() - start) / UPDATES;
  };
  const added: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const guarded = timed();
    renameSync(hook, `${hook}.off`);
    added.push(guarded - timed());
    renameSync(`${hook}.off`, hook);
  }
  const figure = median(added);
  return [
    {
      what: 'strict mode: update of a branch that concerns no agent, added',
      figure: milliseconds(figure),
      budget: `<= ${BUDGET} ms`,
      kept: figure <= BUDGET,
    },
  ];
}
