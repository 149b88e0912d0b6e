import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { median, milliseconds, ratio, type Row, timeProcess } from './measure.ts';

const POLICY = `version: 1
agents:
  a1: { owns: ['src/**'] }
  a2: { owns: ['web/**'] }
shared:
  common: { paths: ['common/**'], agents: [a1, a2] }
frozen: ['**/agent.py']
`;

const ROUNDS = 25;

/**
 * What each hook adds to `git commit` of one file in the own part: the four repositories take turns,
 * so that a slow moment of the machine meets them all.
 */
export function commitRows(packageRoot: string, directory: string): Row[] {
  const hooks: Record<string, string | null> = {
    none: null,
    node: '#!/bin/sh\nnode -e 0\n',
    bailiwick: guard(packageRoot),
    'new file': guard(packageRoot),
    lefthook: null,
  };
  const lefthook = installLefthook(directory);
  if (lefthook === null) delete hooks['lefthook'];
  const repositories = Object.entries(hooks).map(([name, hook]) => ({
    name,
    directory: makeRepository(join(directory, name), hook),
    times: [] as number[],
  }));
  if (lefthook !== null) useLefthook(lefthook, join(directory, 'lefthook'));
  for (let round = -2; round < ROUNDS; round += 1)
    for (const { name, directory: where, times } of repositories) {
      const time = timeCommit(where, name === 'new file' ? `new${round + 2}` : 'a', round);
      if (round >= 0) times.push(time);
    }
  const time = new Map(repositories.map(({ name, times }) => [name, median(times)]));
  const added = (name: string): number => time.get(name)! - time.get('none')!;
  const rows: Row[] = [
    {
      what: 'commit without a hook',
      figure: milliseconds(time.get('none')!),
      budget: null,
      kept: null,
    },
    {
      what: 'added by a hook that runs node -e 0',
      figure: milliseconds(added('node')),
      budget: null,
      kept: null,
    },
    {
      what: 'added by bailiwick',
      figure: milliseconds(added('bailiwick')),
      budget: null,
      kept: null,
    },
    {
      what: 'added by bailiwick, a new file',
      figure: milliseconds(added('new file')),
      budget: null,
      kept: null,
    },
    budgetRow('bailiwick against node -e 0', added('bailiwick') / added('node'), 1.4),
    budgetRow('the same, a new file', added('new file') / added('node'), 1.4),
  ];
  if (lefthook === null)
    return [
      ...rows,
      {
        what: 'bailiwick against lefthook running true',
        figure: 'lefthook could not be installed',
        budget: '0.50 x',
        kept: null,
      },
    ];
  return [
    ...rows,
    {
      what: 'added by lefthook running true',
      figure: milliseconds(added('lefthook')),
      budget: null,
      kept: null,
    },
    budgetRow(
      'bailiwick against lefthook running true',
      added('bailiwick') / added('lefthook'),
      0.5,
    ),
  ];
}

export const budgetRow = (what: string, value: number, budget: number): Row => ({
  what,
  figure: ratio(value),
  budget: `<= ${ratio(budget)}`,
  kept: value <= budget,
});

const guard = (packageRoot: string): string =>
  `#!/bin/sh\nexec '${packageRoot}/hooks/run' pre-commit "$@"\n`;

function makeRepository(directory: string, hook: string | null): string {
  mkdirSync(directory, { recursive: true });
  const git = (...args: string[]): void =>
    void timeProcess('git', args, { cwd: directory, env: environment(directory) });
  git('init', '-q', '-b', 'main');
  for (const [path, text] of Object.entries({
    'ownership.yml': POLICY,
    'src/a.ts': 'a\n',
    'web/b.ts': 'b\n',
  })) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  git('switch', '-q', '-c', 'feat/a1/work');
  if (hook !== null) writeFileSync(join(directory, '.git/hooks/pre-commit'), hook, { mode: 0o755 });
  return directory;
}

function timeCommit(directory: string, name: string, round: number): number {
  const options = { cwd: directory, env: environment(directory) };
  writeFileSync(join(directory, `src/${name}.ts`), `round ${round}\n`);
  timeProcess('git', ['add', `src/${name}.ts`], options);
  return timeProcess('git', ['commit', '-q', '-m', 'work'], options);
}

const environment = (directory: string): Record<string, string> =>
  hermeticEnvironment(join(directory, '..'));

/** lefthook is no dependency: its package installs hooks where it is installed. Null when unreachable. */
function installLefthook(directory: string): string | null {
  const prefix = join(directory, 'lefthook-package');
  const args = [
    'install',
    '--prefix',
    prefix,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    'lefthook@2',
  ];
  mkdirSync(prefix, { recursive: true });
  spawnSync('npm', args, { stdio: 'ignore', timeout: 60_000 });
  const binary = join(
    prefix,
    `node_modules/lefthook-${process.platform}-${process.arch}/bin/lefthook`,
  );
  return existsSync(binary) ? binary : null;
}

function useLefthook(binary: string, directory: string): void {
  writeFileSync(
    join(directory, 'lefthook.yml'),
    'pre-commit:\n  commands:\n    nothing:\n      run: "true"\n',
  );
  const env = { ...environment(directory), LEFTHOOK_BIN: binary };
  timeProcess(binary, ['install'], { cwd: directory, env });
}
