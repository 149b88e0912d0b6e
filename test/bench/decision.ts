import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { median, milliseconds, type Row, timeProcess } from './measure.ts';

const AGENTS = 100;
const GLOBS = 20;
const PATHS = 10_000;
const COMMITS = 2_000;
const PUSHED_PATHS = 50_000;

/** The whole process of the hook on large changes: what a commit and a push of them wait for. */
export function decisionRows(packageRoot: string, directory: string): Row[] {
  return [
    stagedRow(packageRoot, join(directory, 'staged')),
    pushRow(packageRoot, join(directory, 'push')),
  ];
}

/** Agents own 20 globs each, of every form the dialect has; a path lies in one of them. */
function policy(): string {
  const agents = Array.from({ length: AGENTS }, (_, agent) => {
    const globs = Array.from({ length: GLOBS }, (_unused, glob) => `'${globOf(agent, glob)}'`);
    return `  a${agent}: { owns: [${globs.join(', ')}] }\n`;
  });
  return `version: 1\nunowned: deny\nagents:\n${agents.join('')}`;
}

function globOf(agent: number, glob: number): string {
  const place = `part${agent}/dir${glob}`;
  return [`${place}/**`, `${place}/*/src/**`, `${place}/**/*.{ts,tsx}`, `${place}/file[0-9]*`][
    glob % 4
  ]!;
}

function stagedRow(packageRoot: string, directory: string): Row {
  const env = hermeticEnvironment(directory);
  const git = makeRepository(directory, policy());
  const paths = Array.from(
    { length: PATHS },
    (_, at) => `part7/dir${(at % 5) * 4}/sub${at % 50}/file${at}.ts`,
  );
  writeFileSync(join(directory, 'x'), 'x\n');
  const blob = git(['hash-object', '-w', 'x']);
  git(['switch', '-q', '-c', 'feat/a7/work']);
  git(['update-index', '--index-info'], paths.map((path) => `100644 ${blob}\t${path}\n`).join(''));
  const options = { cwd: directory, env: { ...env, GIT_INDEX_FILE: '.git/index' } };
  const run = (): number =>
    timeProcess(process.execPath, [join(packageRoot, 'dist/hook.cjs'), 'pre-commit'], options);
  return row(`${PATHS} staged paths, ${AGENTS} agents of ${GLOBS} globs`, run, 600);
}

function pushRow(packageRoot: string, directory: string): Row {
  const env = hermeticEnvironment(directory);
  const git = makeRepository(directory, "version: 1\nagents:\n  a1: { owns: ['src/**'] }\n");
  const each = PUSHED_PATHS / COMMITS;
  const stream = Array.from({ length: COMMITS }, (_, commit) => {
    const files = Array.from(
      { length: each },
      (_unused, file) => `M 644 inline src/d${commit % 200}/f${commit}-${file}.ts\ndata 2\nx\n`,
    );
    const from = commit === 0 ? `from ${git(['rev-parse', 'main'])}\n` : '';
    return `commit refs/heads/feat/a1/work\ncommitter A <a@b> ${1_700_000_000 + commit} +0000\ndata 2\nc\n${from}${files.join('')}`;
  });
  git(['fast-import', '--quiet'], stream.join(''));
  const oid = git(['rev-parse', 'feat/a1/work']);
  const line = join(directory, 'push-line');
  writeFileSync(line, `refs/heads/feat/a1/work ${oid} refs/heads/feat/a1/work ${'0'.repeat(40)}\n`);
  const command = `exec '${process.execPath}' '${packageRoot}/dist/hook.cjs' pre-push origin url <'${line}'`;
  const run = (): number => timeProcess('sh', ['-c', command], { cwd: directory, env });
  return row(`push of ${COMMITS} commits touching ${PUSHED_PATHS} paths`, run, 3_000);
}

function row(what: string, run: () => number, budget: number): Row {
  run();
  const time = median(Array.from({ length: 7 }, run));
  return { what, figure: milliseconds(time), budget: `<= ${budget} ms`, kept: time <= budget };
}

/** A repository with the policy on main; gives a git that runs in it and returns what it printed. */
function makeRepository(
  directory: string,
  text: string,
): (args: string[], input?: string) => string {
  mkdirSync(directory, { recursive: true });
  const env = hermeticEnvironment(directory);
  const git = (args: string[], input = ''): string => {
    const result = spawnSync('git', args, {
      cwd: directory,
      env,
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    if (result.status !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
    return result.stdout.trim();
  };
  git(['init', '-q', '-b', 'main']);
  writeFileSync(join(directory, 'ownership.yml'), text);
  git(['add', '-A']);
  git(['commit', '-q', '-m', 'policy']);
  return git;
}
