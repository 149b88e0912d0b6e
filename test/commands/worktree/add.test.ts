import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInit } from '../../../src/commands/init.ts';
import { runWorktreeAdd } from '../../../src/commands/worktree/add.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import type { Report } from '../../../src/domain/report.ts';
import type { WorktreeAddData } from '../../../src/domain/reports/worktree.ts';
import { codesIn } from '../../support/guarded.ts';
import { hostIn } from '../../support/host.ts';
import { TestRepository } from '../../support/repository.ts';
import {
  add,
  AGENTS,
  beside,
  branches,
  fleetRepository,
  guard,
  hostWithKey,
  PORT,
  shared,
  traces,
  withSetup,
  worktreeNames,
} from './fixture.ts';

const outcomes = ({ data }: Report<WorktreeAddData>): string[] =>
  data.worktrees.map(({ agent, outcome }) => `${agent} ${outcome}`);

/** Each setup command says when it began and ended. */
const STAMP = `node -e "const f=require('fs'),s=Date.now();setTimeout(()=>f.writeFileSync('times.local',s+' '+Date.now()),400)"`;

describe('worktree add, from a fresh clone', () => {
  it('sets up four agents at once, each guarded, bound, with its own environment', async () => {
    const origin = fleetRepository(withSetup('mkdir -p .venv made && echo x >made/x', STAMP));
    origin.git('clone', '-q', origin.directory, '../a clone');
    const clone = origin.at('../a clone');
    await guard(clone);
    const report = await add(clone, { all: true, yes: true });
    expect(report.verdict).toBe('allowed');
    expect(outcomes(report)).toEqual(['a1 made', 'a2 made', 'a3 made', 'a4 made']);
    expect(report.data.worktrees.map(({ guarded, setup }) => [guarded, setup])).toEqual(
      Array(4).fill([true, 'done']),
    );
    const times = report.data.worktrees.map(({ path }) =>
      readFileSync(join(path, 'times.local'), 'utf8').split(' ').map(Number),
    );
    // All ran at one moment: the last began before the first had ended.
    expect(Math.max(...times.map(([begun]) => begun!))).toBeLessThan(
      Math.min(...times.map(([, ended]) => ended!)),
    );
    const names = ['wt-a1-core-pipeline', 'wt-a2-viral-engine', 'wt-a3-main', 'wt-a4-main'];
    expect(worktreeNames(clone)).toEqual(['a clone', ...names]);
    for (const [index, name] of names.entries()) {
      const worktree = beside(clone, name);
      const agent = `a${index + 1}`;
      expect(worktree.git('status', '--porcelain')).toBe('');
      expect(worktree.git('branch', '--show-current')).toBe(`feat/${agent}/main`);
      const who = JSON.parse(worktree.bailiwick(['whoami', '--json']).stdout) as Report<{
        identity: { strength: string };
      }>;
      expect([who.agent, who.data.identity.strength]).toEqual([agent, 'bound']);
      worktree.write('elsewhere/x');
      worktree.git('add', '-A');
      const blocked = worktree.tryGit('commit', '-q', '-m', 'x');
      expect([blocked.code, codesIn(blocked)]).toEqual([1, ['unowned']]);
    }
    const own = beside(clone, names[2]!);
    own.git('reset', '-q', '--hard');
    own.write('docs/b.md');
    own.git('add', '-A');
    expect(own.tryGit('commit', '-q', '-m', 'x')).toMatchObject({ code: 0, stderr: '' });
  });

  it('writes the environment for its agent alone, with the secret of the caller', async () => {
    const repository = fleetRepository();
    const report = await add(repository, { agents: ['agent-1', 'a2', 'a3'] });
    const path = join(report.data.worktrees[0]!.path, '.agent.env');
    expect(readFileSync(path, 'utf8').split('\n')).toEqual([
      'AGENT_ID=a1',
      'DB_SCHEMA=core',
      `PORT=${PORT}`,
      `PORT_FIRST=${PORT}`,
      `PORT_LAST=${PORT + 19}`,
      "OPENAI_API_KEY='s3cret 1'",
      'REDIS_DB=0',
      '',
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const focus = readFileSync(join(report.data.worktrees[0]!.path, 'AGENT_FOCUS.md'), 'utf8');
    expect(focus).toContain('# a1: Core pipeline');
    expect(JSON.stringify(report)).not.toContain('s3cret');
    expect(JSON.stringify(traces(repository))).not.toContain('s3cret');
    const { ports } = report.data.worktrees[2]!;
    expect(ports.last - ports.first).toBe(9);
    expect(readFileSync(join(report.data.worktrees[2]!.path, '.agent.env'), 'utf8')).toContain(
      `DB_SCHEMA=agent_a3\nPORT=${ports.port}\n`,
    );
  });

  it('takes up the branch another machine has pushed, and follows it', async () => {
    const origin = fleetRepository();
    origin.git('switch', '-q', '-c', 'feat/a3/main');
    const tip = origin.commit('theirs', { 'docs/b.md': 'b\n' });
    origin.git('switch', '-q', 'main');
    origin.git('clone', '-q', origin.directory, '../clone');
    const clone = origin.at('../clone');
    const report = await add(clone, { agents: ['a3', 'a4'] });
    expect(report.data.worktrees.map(({ failure }) => failure)).toEqual([null, null]);
    const worktree = beside(clone, 'wt-a3-main');
    expect(worktree.git('rev-parse', 'HEAD')).toBe(tip);
    expect(worktree.git('rev-parse', '--abbrev-ref', '@{upstream}')).toBe('origin/feat/a3/main');
    expect(beside(clone, 'wt-a4-main').tryGit('rev-parse', '@{upstream}').code).not.toBe(0);
  });
});

describe('worktree add, done again', () => {
  it('changes nothing that is right', async () => {
    const repository = fleetRepository(withSetup('echo x >>runs.local'));
    await add(repository, { agents: ['a1', 'a3'], yes: true });
    const before = traces(repository);
    const worktree = beside(repository, 'wt-a1-core-pipeline');
    const stamp = statSync(join(worktree.directory, '.agent.env')).mtimeMs;
    const report = await runWorktreeAdd(
      hostWithKey(repository, { environment: repository.environment }),
      { agents: ['a1', 'a3'] },
    );
    expect(outcomes(report)).toEqual(['a1 unchanged', 'a3 unchanged']);
    expect(report.data.worktrees.map(({ setup }) => setup)).toEqual(['earlier', 'earlier']);
    expect(traces(repository)).toEqual(before);
    expect(statSync(join(worktree.directory, '.agent.env')).mtimeMs).toBe(stamp);
    expect(worktree.read('runs.local')).toBe('x\n');
  });

  it('completes what is missing, and follows the policy', async () => {
    const repository = fleetRepository();
    await add(repository, { agents: ['a2'] });
    const worktree = beside(repository, 'wt-a2-viral-engine');
    worktree.git('rm', '-q', '--cached', 'web/a.ts');
    worktree.run('rm', [
      'AGENT_FOCUS.md',
      join(worktree.git('rev-parse', '--git-dir'), 'bailiwick/agent'),
    ]);
    repository.commit('policy', {
      'ownership.yml': AGENTS.replace(`${PORT + 20}-${PORT + 39}`, `${PORT + 50}-${PORT + 59}`),
    });
    const report = await add(repository, { agents: ['a2'] });
    expect(outcomes(report)).toEqual(['a2 completed']);
    expect(report.data.worktrees[0]!.ports).toEqual({
      first: PORT + 50,
      last: PORT + 59,
      port: PORT + 50,
    });
    expect(worktree.read('.agent.env')).toContain(`PORT=${PORT + 50}\n`);
    expect(worktree.read('AGENT_FOCUS.md')).toContain(`Ports ${PORT + 50} to ${PORT + 59}`);
    expect(worktree.git('diff', '--cached', '--name-only')).toBe('web/a.ts');
  });

  it('leaves files that were changed by hand, and says so', async () => {
    const repository = fleetRepository();
    await add(repository, { agents: ['a1'] });
    const worktree = beside(repository, 'wt-a1-core-pipeline');
    worktree.write('.agent.env', `${worktree.read('.agent.env')}MINE=1\n`);
    repository.commit('policy', {
      'ownership.yml': AGENTS.replace("REDIS_DB: '0'", "REDIS_DB: '1'"),
    });
    const report = await add(repository, { agents: ['a1'] });
    expect(report.data.notes).toEqual([
      `${worktree.directory}/.agent.env was changed by hand, and stays as it is`.replace(
        'my repo/../',
        '',
      ),
    ]);
    expect(worktree.read('.agent.env')).toMatch(/REDIS_DB=0\nMINE=1\n$/);
  });

  it('adopts a worktree that was made by hand, wherever its agent has gone in it', async () => {
    const repository = fleetRepository();
    repository.git('worktree', 'add', '-q', '-b', 'feat/a3/main', '../by hand');
    expect(outcomes(await add(repository, { agents: ['a3'] }))).toEqual(['a3 completed']);
    const worktree = beside(repository, 'by hand');
    worktree.git('switch', '-q', '-c', 'feat/a3/other');
    repository.git('worktree', 'move', '../by hand', '../moved');
    expect(outcomes(await add(repository, { agents: ['a3'] }))).toEqual(['a3 completed']);
    expect(beside(repository, 'moved').read('AGENT_FOCUS.md')).toContain('`feat/a3/other`');
    expect(outcomes(await add(repository, { agents: ['a3'] }))).toEqual(['a3 unchanged']);
    expect(worktreeNames(repository)).toEqual(['my repo', 'moved']);
  });

  it('gives a second worktree to an agent that asks for one by its topic', async () => {
    const repository = fleetRepository();
    await add(repository, { agents: ['a1'] });
    const { data } = await add(repository, { agents: ['a1'], topic: 'parser' });
    expect(data.worktrees[0]).toMatchObject({ outcome: 'made', branch: 'feat/a1/parser' });
    expect(worktreeNames(repository)).toEqual(['my repo', 'wt-a1-core-pipeline', 'wt-a1-parser']);
    expect(data.worktrees[0]!.ports.first).toBeLessThan(30_000);
    expect(data.notes).toEqual([`a1 has ${PORT}-${PORT + 19} in another worktree already`]);
  });
});

describe('worktree add, in repositories of many forms', () => {
  it('works from a subdirectory, and from another worktree', async () => {
    const repository = fleetRepository();
    await add(repository.at('services/core'), { agents: ['a3'] });
    await add(beside(repository, 'wt-a3-main').at('docs'), { agents: ['a4'] });
    expect(worktreeNames(repository)).toEqual(['my repo', 'wt-a3-main', 'wt-a4-main']);
  });

  it('puts worktrees beside a bare repository', async () => {
    const origin = fleetRepository();
    origin.git('clone', '-q', '--bare', origin.directory, '../project/.bare');
    const project = origin.at('../project');
    project.write('.git', 'gitdir: ./.bare\n');
    const report = await add(project, { agents: ['a3'] });
    const path = join(origin.home, 'project/wt-a3-main');
    expect(report.data.worktrees[0]).toMatchObject({
      outcome: 'made',
      path,
    });
    const [first] = report.data.next;
    expect(first?.command).toBe(`bailiwick init -C ${path}`);
    await runInit(hostIn(project.at('wt-a3-main')), { policy: false });
    expect(project.at('wt-a3-main').git('status', '--porcelain')).toBe('');
    expect(outcomes(await add(project.at('wt-a3-main'), { all: true }))).toEqual([
      'a1 made',
      'a2 made',
      // Its focus file names the commands as `init` has made them work since.
      'a3 completed',
      'a4 made',
    ]);
    const web = project.at('wt-a4-main');
    web.write('docs/a.md', 'x\n');
    const refused = web.tryGit('commit', '-q', '-a', '-m', 'x');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('owned-by-other')]);
  });

  it('takes the main checkout for the agent whose branch it is on, and runs no setup there', async () => {
    const repository = fleetRepository(withSetup('echo x >>runs.local'));
    repository.git('switch', '-q', '-c', 'feat/a3/main');
    const report = await add(repository, { agents: ['a3', 'a4'], yes: true });
    expect(outcomes(report)).toEqual(['a3 completed', 'a4 made']);
    expect(report.data.worktrees.map(({ setup }) => setup)).toEqual(['skipped', 'done']);
    expect(repository.read('.git/bailiwick/agent')).toBe('a3\n');
    expect(repository.read('.agent.env')).toContain('AGENT_ID=a3\n');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(existsSync(join(repository.directory, 'runs.local'))).toBe(false);
    expect(beside(repository, 'wt-a4-main').git('merge-base', 'HEAD', 'main')).toBe(
      repository.git('rev-parse', 'main'),
    );
  });

  it('keeps worktrees inside the main checkout out of its sight', async () => {
    const policy = `${AGENTS}worktrees: { path: 'trees [x]/{agent} {slug}' }\n`;
    const repository = fleetRepository(policy);
    await add(repository, { agents: ['a3'] });
    expect(worktreeNames(repository)).toEqual(['my repo', 'my repo/trees [x]/a3 main']);
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('writes nothing over files that git tracks', async () => {
    const repository = fleetRepository(AGENTS, { 'AGENT_FOCUS.md': 'theirs\n' });
    const report = await add(repository, { agents: ['a3'] });
    expect(beside(repository, 'wt-a3-main').read('AGENT_FOCUS.md')).toBe('theirs\n');
    expect(report.data.notes).toEqual([
      'AGENT_FOCUS.md is tracked by git, so a3 has none of its own',
    ]);
  });

  it('works in a repository of sha256', async () => {
    const repository = TestRepository.create({ format: 'sha256' });
    repository.commit('first', { 'ownership.yml': AGENTS });
    expect(outcomes(await add(repository, { agents: ['a3'] }))).toEqual(['a3 made']);
  });
});

describe('worktree add --dry-run', () => {
  it('says what would be done, and does nothing', async () => {
    const repository = fleetRepository(withSetup('echo x'));
    const before = traces(repository);
    const report = await add(repository, { agents: ['a1'], dryRun: true });
    expect(
      report.data.steps.map(({ kind, target }) =>
        `${kind} ${target}`.replaceAll(repository.home, ''),
      ),
    ).toEqual([
      'write-file /my repo/.git/bailiwick/worktrees.json',
      'write-file /my repo/.git/info/exclude',
      'create-branch feat/a1/main',
      'add-worktree /wt-a1-core-pipeline',
      'check-out /wt-a1-core-pipeline',
      'bind-worktree /wt-a1-core-pipeline',
      'write-file /wt-a1-core-pipeline/.agent.env',
      'write-file /wt-a1-core-pipeline/AGENT_FOCUS.md',
      'run-command echo x',
      'mark-block /wt-a1-core-pipeline/.env.local',
    ]);
    expect(traces(repository)).toEqual(before);
    expect(shared(repository, 'bailiwick')).toBeNull();
    expect(JSON.stringify(report)).not.toContain('s3cret');
  });
});

describe('worktree add refuses, and does nothing', () => {
  it.each([
    ['nobody', {}, /no agent is named/],
    ['a stranger', { agents: ['a9'] }, /knows no agent 'a9'/],
    ['all and one', { all: true, agents: ['a1'] }, /not both/],
    ['one branch for two', { agents: ['a1', 'a2'], branch: 'x' }, /several agents/],
    ['branch and topic', { agents: ['a1'], branch: 'x', topic: 'y' }, /not both/],
    ["another's branch", { agents: ['a1'], branch: 'feat/a2/x' }, /a branch of a2, not of a1/],
    ['the base branch', { agents: ['a1'], branch: 'main' }, /the base branch/],
    ['no branch name', { agents: ['a1'], topic: 'a b' }, /not a branch name/],
    ['an unknown base', { agents: ['a3'], base: 'nowhere' }, /'nowhere' names no commit/],
  ])('%s', async (_what, options, words) => {
    const repository = fleetRepository();
    const before = traces(repository);
    await expect(add(repository, options)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(words) as string,
    });
    expect(traces(repository)).toEqual(before);
  });

  it('secrets that the caller does not have, all at once', async () => {
    const policy = AGENTS.replace('a3: { ', "a3: { env: { T: '${KEY_A1}${TOKEN}' }, ");
    const repository = fleetRepository(policy);
    const before = traces(repository);
    const environment = { ...repository.environment, TOKEN: '' };
    await expect(add(repository, { all: true }, { environment })).rejects.toMatchObject({
      message:
        'not set in this environment, or empty: KEY_A1 (for a1), KEY_A1 (for a3), TOKEN (for a3)',
      hints: [hintTo('set what ownership.yml takes from here', 'export KEY_A1=... TOKEN=...')],
    });
    expect(traces(repository)).toEqual(before);
  });

  it("a directory that is somebody else's", async () => {
    const repository = fleetRepository();
    beside(repository, 'wt-a3-main').write('mine');
    await expect(add(repository, { agents: ['a3', 'a4'] })).rejects.toThrow(/is not a worktree/);
    expect(branches(repository)).toEqual(['main']);
    mkdirSync(join(repository.home, 'wt-a4-main'));
    expect(outcomes(await add(repository, { agents: ['a4'] }))).toEqual(['a4 made']);
  });

  it('names that two agents would share', async () => {
    const policy = AGENTS.replace(
      'a4: {',
      'a: { title: b c, owns: [x] }\n  a-b: { title: c, owns: [y] }\n  a4: {',
    );
    await expect(add(fleetRepository(policy), { agents: ['a', 'a-b'] })).rejects.toThrow(
      /a and a-b would have the same worktree, .*wt-a-b-c$/,
    );
  });
});
