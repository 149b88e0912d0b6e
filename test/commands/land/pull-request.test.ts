import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runLandAbort } from '../../../src/commands/land/abort.ts';
import { runLandContinue } from '../../../src/commands/land/continue.ts';
import { runLandUndo } from '../../../src/commands/land/undo.ts';
import { GitHubServer } from '../../action/support/github-server.ts';
import { MergeDesk } from '../../action/support/merge-desk.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo } from '../../support/overlap.ts';
import { packageRoot, type TestRepository } from '../../support/repository.ts';
import { land, landable, MODES, outcomes, WHOLE } from './fixture.ts';

const servers: GitHubServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

interface World {
  readonly mine: TestRepository;
  readonly origin: TestRepository;
  readonly desk: MergeDesk;
  readonly server: GitHubServer;
}

/** A fleet whose base nobody may push to, on a server that merges pull requests. */
async function hosted(): Promise<World> {
  const mine = landable();
  const origin = mine.at('../origin.git');
  mine.git('init', '-q', '--bare', '-b', 'main', origin.directory);
  mine.git('remote', 'add', 'origin', origin.directory);
  mine.git('push', '-q', 'origin', 'main', 'refs/heads/feat/*:refs/heads/feat/*');
  mine.git('fetch', '-q');
  mine.git('switch', '-q', 'main');
  const server = await GitHubServer.start();
  servers.push(server);
  Object.assign(mine.environment, {
    GITHUB_API_URL: server.url,
    GITHUB_REPOSITORY: 'octo/app',
    GH_TOKEN: 's3cret-token',
  });
  return { mine, origin, server, desk: new MergeDesk(server, origin) };
}

const PR = { local: false, pr: true } as const;
const MERGE_PRS = { local: false, mergePrs: true, each: true } as const;
const tree = (origin: TestRepository): string => origin.git('rev-parse', 'main^{tree}');

describe.concurrent('land --pr', () => {
  it.each(MODES)('69 lands all of it by one pull request, %s, and takes it back', async (mode) => {
    const { mine, origin, desk, server } = await hosted();
    const before = tree(origin);
    const { data, verdict } = await land(mine, { ...PR, land: mode, clean: true });
    expect([verdict, data.journal!.end]).toEqual(['refused', 'done']);
    expect(data.notices).toEqual([
      'removed of feat/a1/x: the branch, that of origin',
      'removed of feat/a3/x: the branch, that of origin',
    ]);
    expect(outcomes({ data } as never)).toEqual([
      'feat/a1/x landed',
      'feat/a2/bad red',
      'feat/a3/x landed',
    ]);
    const last = data.journal!.steps.findLast(({ state }) => state === 'landed')!;
    expect(tree(origin)).toBe(last.made!.tree);
    expect(desk.pulls.map(({ title, merged }) => [title, merged])).toEqual([
      ['Land feat/a1/x, feat/a3/x on main', data.journal!.onto],
    ]);
    // Nothing of the way is left, and this clone has followed.
    expect(origin.git('for-each-ref', 'refs/heads/bailiwick')).toBe('');
    expect(mine.git('rev-parse', 'main')).toBe(origin.git('rev-parse', 'main'));
    const undone = await runLandUndo(hostIn(mine), { receipt: '', yes: true });
    expect([undone.verdict, tree(origin)]).toEqual(['allowed', before]);
    expect(desk.pulls[1]!.title).toBe('Take back feat/a3/x, feat/a1/x from main');
    expect(server.deviations).toEqual([]);
  });

  it.runIf(WHOLE)(
    '72 waits for what the host wants, is gone on with, and can be ended',
    async () => {
      const { mine, origin, desk } = await hosted();
      desk.forbidden = 'At least 1 approving review is required by reviewers with write access.';
      const begun = land(mine, { ...PR, branches: ['feat/a1/x', 'feat/a3/x'] });
      await expect(begun).rejects.toThrow(/#1 is not merged yet: At least 1 approving review/);
      const goOn = () => runLandContinue(hostIn(mine), { yes: true });
      await expect(goOn()).rejects.toThrow(/#1 is not merged yet/);
      // Somebody pushes to the base meanwhile: the same pull request brings what was built on that.
      commitTo(mine, 'other', { 'b/other': 'other\n' }, 'main');
      mine.git('push', '-q', 'origin', 'other:main');
      desk.forbidden = null;
      const { data } = await goOn();
      expect([data.journal!.end, data.journal!.rounds, desk.pulls.length]).toEqual(['done', 1, 1]);
      expect(origin.git('ls-tree', '-r', '--name-only', 'main')).toContain('b/other');

      desk.forbidden = 'no';
      await expect(
        land(mine, { ...PR, branches: ['feat/a2/bad'], unchecked: true }),
      ).resolves.toMatchObject({
        verdict: 'refused',
      });
      commitTo(mine, 'feat/a1/x', { 'a/later': 'later\n' });
      await expect(land(mine, { ...PR, branches: ['feat/a1/x'] })).rejects.toThrow(
        /#2 is not merged/,
      );
      const main = origin.git('rev-parse', 'main');
      expect((await runLandAbort(hostIn(mine))).data.journal!.end).toBe('aborted');
      expect([desk.pulls[1]!.state, origin.git('rev-parse', 'main')]).toEqual(['closed', main]);
      expect(origin.git('for-each-ref', 'refs/heads/bailiwick')).toBe('');

      // Somebody closes it, or merges it by hand: both are found out.
      await expect(land(mine, { ...PR, branches: ['feat/a1/x'] })).rejects.toThrow(
        /#3 is not merged/,
      );
      desk.pulls[2]!.state = 'closed';
      expect(outcomes(await goOn())).toEqual(['feat/a1/x pull-request']);
      expect(origin.git('rev-parse', 'main')).toBe(main);
    },
  );

  it.runIf(WHOLE)(
    '71 a host that merges other content than was validated stops everything',
    async () => {
      const { mine, origin, desk } = await hosted();
      desk.extra = { 'c/extra': 'of its own accord\n' };
      const { data, findings } = await land(mine, { ...PR, branches: ['feat/a1/x'] });
      expect(data.journal).toMatchObject({ end: 'differs', onto: origin.git('rev-parse', 'main') });
      expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
        expect.stringMatching(/^land-failed main is not what was validated: pull request #1 made/),
      ]);
      desk.extra = {};
      const undone = await runLandUndo(hostIn(mine), { receipt: '', yes: true });
      expect(undone.data.journal!.end).toBe('done');
      const files = origin.git('ls-tree', '-r', '--name-only', 'main');
      // What it brought is gone; what nobody landed is for people to look at.
      expect(files).toContain('c/extra');
      expect(origin.git('show', 'main:a/list')).not.toContain('changed by a1');
    },
  );
});

describe.runIf(WHOLE).concurrent('land --pr that is killed', () => {
  it.each(['POST', 'PUT'])(
    '65 when the host has done what %s asked for, and before it could say so',
    async (verb) => {
      const { mine, origin, desk } = await hosted();
      const args = ['land', 'feat/a1/x', 'feat/a3/x', '--pr', '--yes'];
      const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), ...args], {
        cwd: mine.directory,
        env: mine.environment,
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      const answer = desk.answer.bind(desk);
      let asked = false;
      desk.answer = (method, url, body) => {
        const done = answer(method, url, body);
        if (!asked && method === verb) asked = child.kill('SIGKILL');
        return done;
      };
      await ended;
      const { data } = await runLandContinue(hostIn(mine), { yes: true });
      expect([data.journal!.end, data.journal!.onto]).toEqual([
        'done',
        origin.git('rev-parse', 'main'),
      ]);
      expect(desk.pulls.map(({ state, merged }) => [state, merged !== null])).toEqual([
        ['closed', true],
      ]);
      expect(origin.git('for-each-ref', 'refs/heads/bailiwick')).toBe('');
      const receipts = ['rev-list', '--count', '--first-parent', 'refs/bailiwick/receipts/main'];
      expect(origin.git(...receipts)).toBe(
        String(Number(origin.git('rev-list', '--count', '--first-parent', 'main')) + 1),
      );
    },
  );
});

describe.runIf(WHOLE).concurrent('land --merge-prs', () => {
  it.each(MODES)(
    'merges those that are open in order, %s, each with its head pinned',
    async (mode) => {
      const { mine, origin, desk, server } = await hosted();
      for (const name of ['a1/x', 'a2/bad', 'a3/x']) desk.open(`feat/${name}`);
      desk.open('feat/a3/more', true);
      commitTo(mine, 'feat/a3/more', { 'c/more': 'more\n' }, 'main');
      commitTo(mine, 'feat/a1/none', { 'a/none': 'none\n' }, 'main');
      mine.git('push', '-q', 'origin', 'feat/a3/more', 'feat/a1/none');
      const report = await land(mine, { ...MERGE_PRS, land: mode });
      expect(outcomes(report)).toEqual(['feat/a1/x landed', 'feat/a2/bad red', 'feat/a3/x landed']);
      expect(report.data.plan!.left.map(({ branch, words }) => `${branch} ${words}`)).toEqual([
        'feat/a1/none has no open pull request on main',
        'feat/a3/more its pull request #4 is a draft',
      ]);
      const { steps, onto } = report.data.journal!;
      expect(tree(origin)).toBe(steps.findLast(({ state }) => state === 'landed')!.made!.tree);
      expect([onto, desk.pulls.map(({ merged }) => merged !== null)]).toEqual([
        origin.git('rev-parse', 'main'),
        [true, false, true, false],
      ]);
      expect(server.requests.filter((line) => line.startsWith('POST'))).toEqual([]);
      expect(server.deviations).toEqual([]);
    },
  );

  it.runIf(WHOLE)(
    '72 one that is closed, or made a draft, or moved meanwhile leaves; the others land',
    async () => {
      const { mine, origin, desk } = await hosted();
      commitTo(mine, 'feat/a2/y', { 'b/y': 'y\n' }, 'main');
      mine.git('push', '-q', 'origin', 'feat/a2/y');
      for (const name of ['a1/x', 'a2/y', 'a3/x']) desk.open(`feat/${name}`);
      let asked = 0;
      desk.onMerge = () => {
        asked += 1;
        if (asked === 1) desk.pulls[1]!.draft = true;
      };
      const branches = ['feat/a1/x', 'feat/a2/y', 'feat/a3/x'];
      const report = await land(mine, { ...MERGE_PRS, each: false, once: true, branches });
      const left = report.data.journal!.steps.filter(({ state }) => state === 'left');
      expect(left.map(({ branch, left: why }) => `${branch} ${why!.words}`)).toEqual([
        'feat/a2/y its pull request #2 is a draft',
      ]);
      expect(outcomes(report).filter((line) => line.endsWith('landed'))).toHaveLength(2);
      const last = report.data.journal!.steps.findLast(({ state }) => state === 'landed')!;
      expect(tree(origin)).toBe(last.made!.tree);
    },
  );
});

it('asks for what is missing: a repository on GitHub, and what lets us in there', async () => {
  const { mine } = await hosted();
  Object.assign(mine.environment, {
    GH_TOKEN: '',
    PATH: join(mine.home, 'none') + ':/usr/bin:/bin',
  });
  await expect(land(mine, PR)).rejects.toThrow('nothing lets us merge pull requests on github.com');
  Object.assign(mine.environment, { GITHUB_REPOSITORY: '' });
  await expect(land(mine, PR)).rejects.toThrow(/^origin is not a repository on GitHub: \//);
});
