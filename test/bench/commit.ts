import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

const NODE = 'node -e 0';

/** What is committed in a round, and the hooks that are compared on it. */
interface Scene {
  /** Makes the change; the work tree is at `where`. */
  readonly change: (where: string, round: number) => void;
  /** Exit codes of `git commit` here. */
  readonly ok: readonly number[];
  /** Command lines of the hook by what they are called; null for no hook. */
  readonly hooks: Readonly<Record<string, string | null>>;
}

/**
 * What each hook adds to `git commit`, in the own part by the short way and in the three cases that take
 * the full check. The repositories take turns, so that a slow moment of the machine meets them all.
 */
export function commitRows(packageRoot: string, directory: string): Row[] {
  const guard = `exec '${packageRoot}/hooks/run' pre-commit "$@"`;
  const lefthook = installLefthook(directory);
  const edit = (name: string) => (where: string, round: number) =>
    writeFileSync(join(where, `${name}.ts`), `round ${round}\n`);
  const scenes: Record<string, Scene> = {
    own: {
      change: edit('src/a'),
      ok: [0],
      hooks: { none: null, node: NODE, guard, ...(lefthook !== null && { lefthook: null }) },
    },
    new: {
      change: (where, round) => edit(`src/new${round + 2}`)(where, round),
      ok: [0],
      hooks: { guard },
    },
    refused: {
      change: edit('web/b'),
      ok: [1],
      hooks: { none: 'exit 1', node: `${NODE}; exit 1`, guard },
    },
    link: {
      change: (where, round) => {
        rmSync(join(where, 'src/link'), { force: true });
        symlinkSync(`target${round}`, join(where, 'src/link'));
      },
      ok: [0],
      hooks: { guard },
    },
    first: {
      change: (where, round) => {
        rmSync(join(where, '.git/bailiwick/lane'), { force: true });
        edit('src/a')(where, round);
      },
      ok: [0],
      hooks: { guard },
    },
  };
  const time = timesOf(scenes, directory, lefthook);
  const added = (name: string): number =>
    time(name) - time(`${name.split(' ')[0]!} none`, 'own none');
  const node = added('own node');
  const plain = (what: string, value: number): Row => ({
    what,
    figure: milliseconds(value),
    budget: null,
    kept: null,
  });
  const rows = [
    plain('commit without a hook', time('own none')),
    plain('added by a hook that runs node -e 0', node),
    plain('added by bailiwick', added('own guard')),
    plain('added by bailiwick, a new file', added('new guard')),
    budgetRow('bailiwick against node -e 0', added('own guard') / node, 1.4),
    budgetRow('the same, a new file', added('new guard') / node, 1.4),
    budgetRow('a refusal against node -e 0', added('refused guard') / added('refused node'), 1.5),
    budgetRow('a link against node -e 0', added('link guard') / node, 2),
    budgetRow('the first commit of a worktree against node -e 0', added('first guard') / node, 2),
  ];
  if (lefthook === null)
    return [
      ...rows,
      {
        what: 'bailiwick against lefthook running true',
        figure: 'lefthook could not be installed',
        budget: '0.25 x',
        kept: null,
      },
    ];
  const other = added('own lefthook');
  return [
    ...rows,
    plain('added by lefthook running true', other),
    budgetRow('bailiwick against lefthook running true', added('own guard') / other, 0.25),
    budgetRow('the same, a new file', added('new guard') / other, 0.3),
  ];
}

/** The median of each scene and hook, by `scene hook`; of the first name that was measured. */
function timesOf(
  scenes: Readonly<Record<string, Scene>>,
  directory: string,
  lefthook: string | null,
): (...names: readonly string[]) => number {
  const repositories = Object.entries(scenes).flatMap(([name, scene]) =>
    Object.entries(scene.hooks).map(([hook, line]) => ({
      name: `${name} ${hook}`,
      scene,
      where: makeRepository(join(directory, `${name}-${hook}`), line),
      times: [] as number[],
    })),
  );
  if (lefthook !== null) useLefthook(lefthook, join(directory, 'own-lefthook'));
  for (let round = -2; round < ROUNDS; round += 1)
    for (const { scene, where, times } of repositories) {
      const value = timeCommit(where, scene, round);
      if (round >= 0) times.push(value);
    }
  const known = new Map(repositories.map(({ name, times }) => [name, median(times)]));
  return (...names) => known.get(names.find((name) => known.has(name))!)!;
}

export const budgetRow = (what: string, value: number, budget: number): Row => ({
  what,
  figure: ratio(value),
  budget: `<= ${ratio(budget)}`,
  kept: value <= budget,
});

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
  const text = `#!/bin/sh\n${hook}\n`;
  if (hook !== null) writeFileSync(join(directory, '.git/hooks/pre-commit'), text, { mode: 0o755 });
  return directory;
}

function timeCommit(directory: string, { change, ok }: Scene, round: number): number {
  const options = { cwd: directory, env: environment(directory) };
  change(directory, round);
  timeProcess('git', ['add', '-A'], options);
  return timeProcess('git', ['commit', '-q', '-m', 'work'], { ...options, ok });
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
