import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInit } from '../../../src/commands/init.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import { hintSentence } from '../../../src/render/hint.ts';
import { GuardPackage } from '../../hooks/guard-package.ts';
import { hostIn } from '../../support/host.ts';
import { packageRoot, TestRepository } from '../../support/repository.ts';
import {
  add,
  AGENTS,
  beside,
  branches,
  fleetRepository,
  PORT,
  shared,
  traces,
  withSetup,
  worktreeNames,
} from './fixture.ts';

const yes = { confirm: () => Promise.resolve(true) };
const no = { confirm: () => Promise.resolve(false) };
const nobody = { confirm: () => Promise.resolve(null) };

describe('setup commands', () => {
  it('are asked about once, and again when they change', async () => {
    const repository = fleetRepository(withSetup('echo x >>runs.local'));
    const questions: string[] = [];
    const asked = {
      confirm: (question: string) => {
        questions.push(question);
        return Promise.resolve(true);
      },
    };
    await add(repository, { agents: ['a1'] }, asked);
    await add(repository, { agents: ['a3'] }, nobody);
    expect(questions).toEqual([
      [
        'ownership.yml has commands to run in each new worktree:\n  echo x >>runs.local',
        'with these variables:\n  a1: DB_SCHEMA=core\n  a1: OPENAI_API_KEY=${KEY_A1}\n  a1: REDIS_DB=0',
        'Run them?',
      ].join('\n'),
    ]);
    repository.commit('setup', { 'ownership.yml': withSetup('echo y >>runs.local') });
    await expect(add(repository, { agents: ['a1'] }, nobody)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(
        /have changed since .* nobody here .*: echo y >>runs/,
      ) as string,
    });
    await add(repository, { agents: ['a1', 'a4'], yes: true }, nobody);
    expect(beside(repository, 'wt-a1-core-pipeline').read('runs.local')).toBe('x\ny\n');
    expect(beside(repository, 'wt-a4-main').read('runs.local')).toBe('y\n');
  });

  it('are asked about again when a variable of any agent has changed', async () => {
    const repository = fleetRepository(withSetup('node -e 0'));
    await add(repository, { agents: ['a1'], yes: true }, nobody);
    const policy = repository.read('ownership.yml');
    const changed = policy.replace(
      /^( *a3:.*\{)/m,
      "$1 env: { NODE_OPTIONS: '--require ./evil.cjs' },",
    );
    expect(changed).not.toBe(policy);
    repository.commit('env', { 'ownership.yml': changed });
    await expect(add(repository, { agents: ['a3'] }, nobody)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(/have changed since .* nobody here/) as string,
    });
    const questions: string[] = [];
    const asked = {
      confirm: (question: string) => {
        questions.push(question);
        return Promise.resolve(true);
      },
    };
    await add(repository, { agents: ['a3'] }, asked);
    expect(questions[0]).toContain('a3: NODE_OPTIONS=--require ./evil.cjs');
  });

  it.each([
    ['nobody is there', nobody, /there is nobody here to approve them/],
    ['the answer is no', no, /they were not approved/],
  ])('do not run, and nothing is done, when %s', async (_what, more, words) => {
    const repository = fleetRepository(withSetup('touch x.local', 'true'));
    const before = traces(repository);
    await expect(
      add(repository, { agents: ['a3'], topic: 'a-b', base: 'main' }, more),
    ).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(words) as string,
      hints: [
        hintTo('approve them', 'bailiwick worktree add a3 --topic a-b --base main --yes'),
        hintTo(
          'do it without them',
          'bailiwick worktree add a3 --topic a-b --base main --no-setup',
        ),
      ],
    });
    expect(traces(repository)).toEqual(before);
    expect(shared(repository, 'bailiwick/approved.json')).toBeNull();
    const report = await add(repository, { agents: ['a3'], setup: false }, nobody);
    expect(report.data.worktrees[0]).toMatchObject({
      outcome: 'made',
      setup: 'skipped',
      log: null,
    });
  });

  it('exit with 2 and name the command, without a terminal', () => {
    const repository = fleetRepository(withSetup('true'));
    const outcome = repository.bailiwick(['worktree', 'add', 'a3'], {
      environment: { PATH: `${repository.home}:${process.env['PATH']}` },
    });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/worktree add a3 --yes$/m);
    expect(worktreeNames(repository)).toEqual(['my repo']);
    expect(repository.bailiwick(['worktree', 'add', 'a3', '--yes']).code).toBe(0);
    expect(worktreeNames(repository)).toEqual(['my repo', 'wt-a3-main']);
  });

  it('run with the variables of the agent, and nothing of the repository around them', async () => {
    const repository = fleetRepository(
      withSetup(
        'echo "$AGENT_ID $PORT $OPENAI_API_KEY ${GIT_DIR-none} ${BAILIWICK_AGENT-none}"; git rev-parse --show-prefix',
      ),
    );
    const { data } = await add(
      repository,
      { agents: ['a1'] },
      {
        ...yes,
        environment: {
          ...repository.environment,
          KEY_A1: 'k',
          GIT_DIR: '.git',
          AGENT_ID: 'a2',
          BAILIWICK_AGENT: 'a2',
        },
      },
    );
    expect(readFileSync(data.worktrees[0]!.log!, 'utf8')).toContain(`\na1 ${PORT} k none none\n\n`);
  });

  it('that fail take back their own agent, say why, and leave the others', async () => {
    const repository = fleetRepository(
      withSetup(
        'echo begun; touch made.secret; [ $AGENT_ID != a3 ] || { echo "no such thing" >&2; exit 3; }',
      ),
    );
    const report = await add(repository, { agents: ['a3', 'a4'], yes: true });
    expect(report.verdict).toBe('undecided');
    const [failed, made] = report.data.worktrees;
    expect(made).toMatchObject({ agent: 'a4', outcome: 'made', setup: 'done' });
    expect(failed).toMatchObject({ agent: 'a3', outcome: 'failed', setup: 'failed' });
    expect(failed!.failure!.message).toMatch(/ended with code 3$/);
    expect([...failed!.failure!.tail].sort()).toEqual(['begun', 'no such thing']);
    expect(readFileSync(failed!.log!, 'utf8')).toContain('no such thing');
    expect(worktreeNames(repository)).toEqual(['my repo', 'wt-a4-main']);
    expect(existsSync(join(repository.home, 'wt-a3-main'))).toBe(false);
    expect(branches(repository)).toEqual(['feat/a4/main', 'main']);
    expect(shared(repository, 'bailiwick/worktrees.json')).not.toContain('wt-a3-main');
    expect(report.data.next).toContainEqual(hintTo('try again', 'bailiwick worktree add a3'));
  });

  it('that fail in a worktree that was there leave it there', async () => {
    const repository = fleetRepository();
    await add(repository, { agents: ['a3'] });
    const worktree = beside(repository, 'wt-a3-main');
    worktree.write('docs/b.md', 'mine\n');
    repository.commit('setup', { 'ownership.yml': withSetup('exit 1') });
    const report = await add(repository, { agents: ['a3'], yes: true });
    expect(report.data.worktrees[0]!.outcome).toBe('failed');
    expect(worktree.read('docs/b.md')).toBe('mine\n');
    expect(worktree.read('.agent.env')).toContain('AGENT_ID=a3\n');
    const registry = shared(repository, 'bailiwick/worktrees.json')!;
    expect([registry.includes('"setup": null'), registry.includes('"maker": null')]).toEqual([
      true,
      true,
    ]);
  });

  it('leave nothing at all when all fail', async () => {
    const repository = fleetRepository(withSetup('exit 1'));
    const before = traces(repository);
    await add(repository, { agents: ['a3', 'a4'], yes: true });
    expect(traces(repository)).toEqual(before);
  });

  it('that fail leave no directory that was made on the way', async () => {
    const policy = withSetup('exit 1').replace('setup:', "path: '../trees/{agent}/{slug}', setup:");
    const repository = fleetRepository(policy);
    const report = await add(repository, { agents: ['a3'], yes: true });
    expect(report.data.worktrees[0]!.path).toBe(join(repository.home, 'trees/a3/main'));
    expect(existsSync(join(repository.home, 'trees'))).toBe(false);
  });

  it('are ended by Ctrl-C, and all is taken back', async () => {
    const repository = fleetRepository(withSetup('echo $$ >"$PIDFILE"; sleep 60'));
    const before = traces(repository);
    const pidFile = join(repository.home, 'pid');
    const child = spawn(
      process.execPath,
      [join(packageRoot, 'dist/cli.js'), 'worktree', 'add', 'a3', '--yes'],
      { cwd: repository.directory, env: { ...repository.environment, PIDFILE: pidFile } },
    );
    const ended = new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
    while (!existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
    expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow();
    expect(traces(repository)).toEqual(before);
  });
});

describe('a block in the .env.local of the user', () => {
  it('is put in, kept up to date, and taken out to the byte', async () => {
    const repository = fleetRepository(withSetup("printf 'MINE=1\\nLAST=2' >.env.local"));
    await add(repository, { agents: ['a4'], yes: true });
    const worktree = beside(repository, 'wt-a4-main');
    const text = worktree.read('.env.local');
    expect(text).toMatch(
      /^MINE=1\nLAST=2\n# >>> bailiwick >>>\nAGENT_ID=a4\n(?:.*\n)*# <<< bailiwick <<<$/,
    );
    worktree.write('.env.local', `NEW=0\n${text}`);
    repository.commit('ports', {
      'ownership.yml': withSetup("printf 'MINE=1\\nLAST=2' >.env.local").replace(
        'web/**',
        "web/**'], env: { A: b }, after: ['a3",
      ),
    });
    await add(repository, { agents: ['a4'] });
    expect(worktree.read('.env.local')).toMatch(
      /^NEW=0\nMINE=1\nLAST=2\n# >>> b(?:.*\n)*A=b\n# <<<.*$/,
    );
    expect(worktree.git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['one that git tracks', { '.gitignore': '', '.env.local': 'A=1\n' }, 'true'],
    ['a link to another', {}, 'echo A=1 >../theirs && ln -s ../theirs .env.local'],
  ])('is not put into %s', async (_what, files, setup) => {
    const repository = fleetRepository(withSetup(setup), files);
    await add(repository, { agents: ['a4'], yes: true });
    expect(beside(repository, 'wt-a4-main').read('.env.local')).toBe('A=1\n');
  });
});

describe('ports', () => {
  const listen = (port: number): Promise<() => Promise<unknown>> =>
    new Promise((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () =>
        resolve(() => new Promise((closed) => server.close(closed))),
      );
    });

  it('of the policy are kept, and PORT is one that nobody listens on', async () => {
    const repository = fleetRepository();
    const close = await listen(PORT);
    const { data } = await add(repository, { agents: ['a1'] });
    await close();
    expect(data.worktrees[0]!.ports).toEqual({ first: PORT, last: PORT + 19, port: PORT + 1 });
    expect(data.notes).toEqual([`a1: in use by other programs: ${PORT}; PORT is ${PORT + 1}`]);
    const again = await add(repository, { agents: ['a1'] });
    expect(again.data.worktrees[0]).toMatchObject({
      outcome: 'unchanged',
      ports: { port: PORT + 1 },
    });
  });

  it('of the policy that are all in use are refused', async () => {
    const repository = fleetRepository(AGENTS.replace(`${PORT}-${PORT + 19}`, String(PORT)));
    const close = await listen(PORT);
    await expect(add(repository, { agents: ['a1'] })).rejects.toThrow(
      `every port of a1 (${PORT}) is in use`,
    );
    await close();
  });

  it('nobody else has are given out, and given back with the worktree', async () => {
    const repository = fleetRepository(AGENTS.replace(/, ports: .* }/, ' }'));
    const first = await add(repository, { agents: ['a2', 'a3'] });
    const [a2, a3] = first.data.worktrees.map(({ ports }) => ports.first);
    expect(a3).not.toBe(a2);
    repository.git('worktree', 'remove', '../wt-a2-viral-engine');
    const close = await listen(a2! + 3);
    const second = await add(repository, { agents: ['a4'] });
    await close();
    expect([a2, a3]).not.toContain(second.data.worktrees[0]!.ports.first);
    const third = await add(repository, { agents: ['a2'] });
    expect(third.data.worktrees[0]!.ports.first).toBe(a2);
  });

  it('that the policy moves to another agent are refused until the first has let go', async () => {
    const repository = fleetRepository();
    await add(repository, { agents: ['a1'] });
    repository.commit('ports', {
      'ownership.yml': AGENTS.replace(`${PORT}-${PORT + 19}`, `${PORT + 60}-${PORT + 69}`).replace(
        `${PORT + 20}-${PORT + 39}`,
        `${PORT}-${PORT + 9}`,
      ),
    });
    await expect(add(repository, { agents: ['a2'] })).rejects.toMatchObject({
      message: expect.stringMatching(
        /of a2 are still those of a1 in .*wt-a1-core-pipeline$/,
      ) as string,
      hints: [hintTo('give a1 the ports the policy says', 'bailiwick worktree add a1')],
    });
    const both = await add(repository, { agents: ['a1', 'a2'] });
    expect(both.data.worktrees.map(({ ports }) => ports.first)).toEqual([PORT + 60, PORT]);
  });

  it('do not clash when several commands run at once', async () => {
    const agents = Array.from({ length: 6 }, (_, at) => `  b${at}: { owns: ['b${at}/**'] }\n`);
    const repository = fleetRepository(`version: 1\nagents:\n${agents.join('')}`);
    const reports = await Promise.all(
      agents.map((_, at) => {
        const child = spawn(
          process.execPath,
          [join(packageRoot, 'dist/cli.js'), 'worktree', 'add', `b${at}`, '--json'],
          { cwd: repository.directory, env: repository.environment },
        );
        return new Promise<string>((resolve) => {
          let text = '';
          child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
          child.on('close', () => resolve(text));
        });
      }),
    );
    const firsts = reports.map(
      (text) =>
        (JSON.parse(text) as { data: { worktrees: { ports: { first: number } }[] } }).data
          .worktrees[0]!.ports.first,
    );
    expect(new Set(firsts).size).toBe(6);
    expect(worktreeNames(repository)).toHaveLength(7);
  });
});

describe('worktree add beside husky', () => {
  it('gives each worktree hooks that run at once, without npm install there', async () => {
    const repository = TestRepository.create({ name: 'a repo' });
    repository.commit('first', {
      'ownership.yml': AGENTS,
      'package.json': '{ "devDependencies": { "husky": "^9.1.7" } }\n',
      '.gitignore': 'node_modules/\n',
      '.husky/post-checkout': 'echo "$1 $3" >>checkouts.local\n',
    });
    const guard = new GuardPackage(join(repository.directory, 'node_modules/bailiwick'));
    const husky = [join(packageRoot, 'node_modules/husky/bin.js')];
    expect(repository.run(process.execPath, husky).code).toBe(0);
    await runInit(hostIn(repository, { packageDirectory: guard.directory }), { policy: false });
    repository.commit('the hooks');
    const report = await add(repository, { agents: ['a3', 'a4'] });
    expect(report.data.worktrees.map(({ guarded, failure }) => guarded ?? failure)).toEqual([
      true,
      true,
    ]);
    guard.answers(1);
    for (const name of ['wt-a3-main', 'wt-a4-main']) {
      const worktree = beside(repository, name);
      expect(worktree.tryGit('commit', '--allow-empty', '-m', 'x').code).not.toBe(0);
      expect(worktree.read('checkouts.local')).toBe(`${'0'.repeat(40)} 1\n`);
    }
    expect(guard.calls.map(({ cwd }) => cwd)).toEqual([
      join(repository.home, 'wt-a3-main'),
      join(repository.home, 'wt-a4-main'),
    ]);
  });

  it('says so where git does not run the guard', async () => {
    const report = await add(fleetRepository(), { agents: ['a3'] });
    expect(report.data.worktrees[0]!.guarded).toBe(false);
    expect(hintSentence(report.data.next[0]!)).toBe(
      'To make git run the guard there, run bailiwick init',
    );
  });
});
