import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hostIn } from '../../support/host.ts';
import { runLandContinue } from '../../../src/commands/land/continue.ts';
import { runStatus } from '../../../src/commands/status.ts';
import { BRANCHES, land, landable, outcomes, WHOLE } from './fixture.ts';

const PUSH = { local: false, push: true, clean: true } as const;

it('four branches of four worktrees land and are cleaned up by one command, and two with a conflict', async () => {
  const mine = landable({}, 'true');
  const origin = mine.at('../origin.git');
  mine.git('init', '-q', '--bare', '-b', 'main', origin.directory);
  mine.git('remote', 'add', 'origin', origin.directory);
  mine.git('push', '-q', '-u', 'origin', 'main');
  mine.git('fetch', '-q');
  const files = {
    'a1/one': 'a/list',
    'a2/two': 'b/list',
    'a3/three': 'c/list',
    'a1/late': 'a/list',
  };
  const trees = Object.entries(files).map(([name, path]) => {
    const tree = mine.at(`../${name.replace('/', '-')}`);
    mine.git('worktree', 'add', '-q', '-b', `feat/${name}`, tree.directory, 'main');
    tree.commit(name, { [path]: `${name}\n` });
    tree.git('push', '-q', '--no-verify', '-u', 'origin', `feat/${name}`);
    return tree;
  });
  const left = () => [
    trees.filter(({ directory }) => existsSync(directory)).length,
    ...[mine, origin].map((each) =>
      each.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/feat'),
    ),
  ];
  const first = await land(mine, PUSH);
  expect(outcomes(first).filter((line) => line.endsWith(' landed'))).toHaveLength(3);
  const [conflict] = first.data.plan!.left;
  expect(conflict!.words).toMatch(/^conflicts with feat\/a1\/(?:one|late) in a\/list/);
  expect(left()).toEqual([1, conflict!.branch, conflict!.branch]);

  // By hand, in its own worktree.
  const tree = trees[Object.keys(files).findIndex((name) => `feat/${name}` === conflict!.branch)]!;
  tree.tryGit('merge', '-q', 'main');
  tree.commit('settled', { 'a/list': 'both\n' });
  tree.git('push', '-q', '--no-verify');
  const second = await land(mine, { ...PUSH, branches: [conflict!.branch] });
  expect(outcomes(second)).toEqual([`${conflict!.branch} landed`]);
  expect(left()).toEqual([0, '', '']);
  expect(origin.git('show', 'main:a/list')).toBe('both');
  const status = await runStatus(hostIn(mine), {});
  expect(JSON.stringify(status.data)).not.toContain(conflict!.branch);
});

it.runIf(WHOLE)(
  'a landing that was to be cleaned up is, by whoever goes on with it, and as often as something is left',
  async () => {
    const repository = landable({ 'a1/x': BRANCHES['a1/x']!, 'a3/x': BRANCHES['a3/x']! }, 'true');
    const flag = join(repository.home, 'flag');
    repository.git('worktree', 'add', '-q', '../a1', 'feat/a1/x');
    const draft = join(repository.at('../a1').directory, 'draft');
    writeFileSync(draft, 'mine\n');
    const policy = repository.git('show', 'main:ownership.yml');
    repository.git('switch', '-q', 'main');
    repository.commit('slow', {
      'ownership.yml': policy.replace('"true"', `'test -e ${flag} || exit 127'`),
    });
    const branches = () =>
      repository.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/feat');
    const goOn = async () => {
      const { data } = await runLandContinue(hostIn(repository), { yes: true });
      return data.notices.join('; ');
    };
    await expect(land(repository, { clean: true })).rejects.toThrow(/did not get to say/);
    writeFileSync(flag, '');
    expect(await goOn()).toMatch(/kept of feat\/a1\/x: .*removed of feat\/a3\/x: the branch/);
    expect(branches()).toBe('feat/a1/x');
    // As after a kill at that moment.
    rmSync(draft);
    expect(await goOn()).toMatch(/^removed of feat\/a1\/x: its worktree/);
    expect([branches(), existsSync(draft)]).toEqual(['', false]);
    await expect(goOn()).rejects.toThrow('no landing on main is under way');
  },
);
