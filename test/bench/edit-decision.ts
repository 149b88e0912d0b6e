import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { budgetRow } from './commit.ts';
import { ratio, type Row, timeProcess } from './measure.ts';

const ROUNDS = 25;
const POLICY = "version: 1\nbase: main\nagents:\n  a1: { owns: ['src/**'] }\n";

/**
 * What an edit waits for in a harness, against starting Node for nothing: the command that `init` writes,
 * whole, as a shell runs it in a linked worktree; and the same decision where a shell cannot prove it. The
 * least of many rounds.
 */
export function editRows(packageRoot: string, directory: string): Row[] {
  const environment = hermeticEnvironment(directory);
  const main = { cwd: directory, env: environment };
  const must = (program: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(program, args, { ...main, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  };
  must('git', 'init', '-q', '-b', 'main');
  writeFileSync(join(directory, 'ownership.yml'), POLICY);
  must('git', 'add', '-A');
  must('git', 'commit', '-q', '-m', 'policy');
  const cli = join(packageRoot, 'dist/cli.js');
  must(process.execPath, cli, 'init', '--no-policy', '--harness', 'claude');
  const worktree = join(directory, 'work');
  must('git', 'worktree', 'add', '-q', '-b', 'feat/a1/work', worktree);
  const settings = must('cat', '.claude/settings.local.json');
  const { hooks } = JSON.parse(settings) as {
    hooks: { PreToolUse: { hooks: { command: string }[] }[] };
  };
  const command = hooks.PreToolUse[0]!.hooks[0]!.command;
  const decide = (path: string, code: number): number => {
    const input = JSON.stringify({
      hook_event_name: 'PreToolUse',
      cwd: worktree,
      tool_name: 'Write',
      tool_input: { file_path: join(worktree, path) },
    });
    const env = { ...environment, CLAUDE_PROJECT_DIR: worktree };
    const start = process.hrtime.bigint();
    const run = spawnSync('sh', ['-c', command], { cwd: worktree, env, input, encoding: 'utf8' });
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    if (run.status !== code) throw new Error(`${path}: ended with ${run.status}: ${run.stderr}`);
    return milliseconds;
  };
  const rows = [
    {
      what: 'an edit in the own part, whole, against node -e 0',
      path: 'src/x.ts',
      code: 0,
      most: 1.5,
    },
    { what: 'one that Node has to allow', path: 'src/a b.ts', code: 0, most: null },
    { what: 'one that is refused', path: 'lib/x.ts', code: 2, most: null },
  ].map((row) => ({ ...row, times: [] as number[] }));
  // The first ones remember the policy, and what V8 has made of the program.
  for (const { path, code } of [...rows, ...rows]) decide(path, code);
  const nothing: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { path, code, times } of rows) times.push(decide(path, code));
    nothing.push(timeProcess(process.execPath, ['-e', '0'], main));
  }
  return rows.map(({ what, times, most }) => {
    const figure = Math.min(...times) / Math.min(...nothing);
    return most === null
      ? { what, figure: ratio(figure), budget: null, kept: null }
      : budgetRow(what, figure, most);
  });
}
