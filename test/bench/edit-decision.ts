import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { budgetRow } from './commit.ts';
import { type Row, timeProcess } from './measure.ts';

const ROUNDS = 25;
const POLICY = "version: 1\nbase: main\nagents:\n  a1: { owns: ['src/**'] }\n";

/**
 * What an edit waits for in a harness: the whole process of a decision that allows it, against starting
 * Node for nothing; the least of many rounds.
 */
export function editRows(packageRoot: string, directory: string): Row[] {
  const options = { cwd: directory, env: hermeticEnvironment(directory) };
  const git = (...args: string[]): void => {
    const { status, stderr } = spawnSync('git', args, { ...options, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
  git('init', '-q', '-b', 'main');
  writeFileSync(join(directory, 'ownership.yml'), POLICY);
  git('add', '-A');
  git('commit', '-q', '-m', 'policy');
  git('switch', '-q', '-c', 'feat/a1/work');
  const input = JSON.stringify({
    hook_event_name: 'PreToolUse',
    cwd: directory,
    tool_name: 'Write',
    tool_input: { file_path: join(directory, 'src/x.ts') },
  });
  const entry = join(packageRoot, 'dist/agent-hook.cjs');
  const decide = (): number => {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, [entry, 'claude'], {
      ...options,
      input,
    });
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    if (status !== 0) throw new Error(`the edit was refused: ${stderr.toString()}`);
    return milliseconds;
  };
  // The first one remembers the policy.
  decide();
  const decided: number[] = [];
  const nothing: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    decided.push(decide());
    nothing.push(timeProcess(process.execPath, ['-e', '0'], options));
  }
  const ratio = Math.min(...decided) / Math.min(...nothing);
  return [budgetRow('an edit that is allowed in a harness, against node -e 0', ratio, 1.5)];
}
