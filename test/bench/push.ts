import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hermeticEnvironment } from '../support/environment.ts';
import { budgetRow } from './commit.ts';
import { median, milliseconds, type Row, timeProcess } from './measure.ts';

const POLICY = `version: 1
agents:
  a1: { owns: ['src/**'] }
  a2: { owns: ['web/**'] }
`;
const ROUNDS = 21;

/**
 * What the hook adds to `git push` of a branch that changes 20 paths, of which the base changed five
 * meanwhile, in other lines: git must merge them. The repositories take turns, so that a slow moment of
 * the machine meets them all.
 */
export function pushRows(packageRoot: string, directory: string): Row[] {
  const hooks: Record<string, string | null> = {
    none: null,
    node: '#!/bin/sh\nnode -e 0\n',
    bailiwick: `#!/bin/sh\nexec '${packageRoot}/hooks/run' pre-push "$@"\n`,
  };
  const repositories = Object.entries(hooks).map(([name, hook]) => ({
    name,
    directory: makeRepository(join(directory, name), hook),
    times: [] as number[],
  }));
  for (let round = -2; round < ROUNDS; round += 1)
    for (const { directory: where, times } of repositories) {
      const options = { cwd: where, env: environment(where) };
      const time = timeProcess('git', ['push', '-q', '--dry-run', 'origin', 'HEAD'], options);
      if (round >= 0) times.push(time);
    }
  const time = new Map(repositories.map(({ name, times }) => [name, median(times)]));
  const added = (name: string): number => time.get(name)! - time.get('none')!;
  const plain = (what: string, value: number): Row => ({
    what,
    figure: milliseconds(value),
    budget: null,
    kept: null,
  });
  return [
    plain('push without a hook', time.get('none')!),
    plain('added by a hook that runs node -e 0', added('node')),
    plain('added by bailiwick, 20 paths and a merge', added('bailiwick')),
    budgetRow('bailiwick against node -e 0', added('bailiwick') / added('node'), 2.2),
  ];
}

const lines = (changed: number): string =>
  Array.from({ length: 60 }, (_, at) => (at === changed ? `changed ${at}` : `line ${at}`)).join(
    '\n',
  );

function makeRepository(directory: string, hook: string | null): string {
  mkdirSync(join(directory, 'src'), { recursive: true });
  const git = (...args: string[]): void =>
    void timeProcess('git', args, { cwd: directory, env: environment(directory) });
  const write = (count: number, changed: number): void => {
    for (let at = 0; at < count; at += 1)
      writeFileSync(join(directory, `src/${at}.ts`), lines(changed));
  };
  git('init', '-q', '-b', 'main');
  git('init', '-q', '--bare', 'origin.git');
  git('remote', 'add', 'origin', 'origin.git');
  writeFileSync(join(directory, 'ownership.yml'), POLICY);
  write(200, -1);
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  git('switch', '-q', '-c', 'feat/a1/work');
  write(20, 10);
  git('commit', '-q', '-a', '-m', 'work');
  git('switch', '-q', 'main');
  write(5, 50);
  git('commit', '-q', '-a', '-m', 'progress');
  git('update-ref', 'refs/remotes/origin/main', 'main');
  git('switch', '-q', 'feat/a1/work');
  if (hook !== null) writeFileSync(join(directory, '.git/hooks/pre-push'), hook, { mode: 0o755 });
  return directory;
}

const environment = (directory: string): Record<string, string> =>
  hermeticEnvironment(join(directory, '..'));
