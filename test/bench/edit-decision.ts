import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { budgetRow } from './commit.ts';
import { ratio, type Row, timeProcess } from './measure.ts';

const ROUNDS = 25;
const POLICY = "version: 1\nbase: main\nagents:\n  a1: { owns: ['src/**'] }\n";

/** What a harness is about to do, and the exit code that answers it. */
interface Call {
  readonly tool: string;
  readonly input: Readonly<Record<string, string>>;
  readonly code: number;
}

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
  const hook = hooks.PreToolUse[0]!.hooks[0]!.command;
  const decide = ({ tool, input: named, code }: Call): number => {
    const input = JSON.stringify({
      hook_event_name: 'PreToolUse',
      cwd: worktree,
      tool_name: tool,
      tool_input: named,
    });
    const env = { ...environment, CLAUDE_PROJECT_DIR: worktree };
    const start = process.hrtime.bigint();
    const run = spawnSync('sh', ['-c', hook], { cwd: worktree, env, input, encoding: 'utf8' });
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    if (run.status !== code) throw new Error(`${input}: ended with ${run.status}: ${run.stderr}`);
    return milliseconds;
  };
  const write = (path: string, code: number): Call => ({
    tool: 'Write',
    input: { file_path: join(worktree, path) },
    code,
  });
  const command: Call = { tool: 'Bash', input: { command: 'npm test' }, code: 0 };
  const rows = [
    {
      what: 'an edit in the own part, whole, against node -e 0',
      call: write('src/x.ts', 0),
      most: 1.5,
    },
    { what: 'a shell command that writes nothing', call: command, most: 1.5 },
    { what: 'an edit that Node has to allow', call: write('src/a~b.ts', 0), most: null },
    { what: 'one that is refused', call: write('lib/x.ts', 2), most: null },
  ].map((row) => ({ ...row, times: [] as number[] }));
  // The first ones remember the policy, and what V8 has made of the program.
  for (const { call } of [...rows, ...rows]) decide(call);
  const nothing: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { call, times } of rows) times.push(decide(call));
    nothing.push(timeProcess(process.execPath, ['-e', '0'], main));
  }
  return rows.map(({ what, times, most }) => {
    const figure = Math.min(...times) / Math.min(...nothing);
    return most === null
      ? { what, figure: ratio(figure), budget: null, kept: null }
      : budgetRow(what, figure, most);
  });
}
