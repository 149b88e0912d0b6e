import { Ajv } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Hint } from '../../src/domain/hint.ts';
import { guardedRepository } from '../support/guarded.ts';
import { packageRoot, type TestRepository } from '../support/repository.ts';

/** The answers of the commands that judge and explain, through the built command line. */
let repository: TestRepository;
const validate = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(join(packageRoot, 'schema/report.schema.json'), 'utf8')),
);

beforeAll(() => {
  repository = guardedRepository();
  repository.git('switch', '-q', '-c', 'feat/a1/clean');
  repository.commit('mine', { 'services/core/core.py': 'x\n' });
  repository.git('switch', '-q', '-c', 'feat/a1/foreign');
  repository.commit('foreign', { 'services/api/api.py': 'x\n' });
  repository.git('switch', '-q', '-c', 'feat/a1/now');
});

/** As a stranger would read it: only the envelope is known. */
interface Answer {
  readonly code: number;
  readonly report: {
    verdict: string;
    agent: string | null;
    findings: { code: string; path?: string }[];
    policy: unknown;
    data: {
      binding?: string | null;
      failure?: { kind: string };
      paths?: unknown[];
      remedy?: Hint;
      subjects?: { changes: number; identity: unknown }[];
    };
  };
}

function ask(...args: string[]): Answer {
  return askWith({}, ...args);
}

function askWith(environment: Record<string, string>, ...args: string[]): Answer {
  const { code, stdout, stderr } = repository.bailiwick([...args, '--json'], { environment });
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  const report = JSON.parse(stdout) as Answer['report'];
  expect(validate(report) ? [] : validate.errors).toEqual([]);
  expect(code).toBe({ allowed: 0, refused: 1, undecided: 2 }[report.verdict]);
  return { code, report };
}

describe('check', () => {
  const codes = ({ code, report }: Answer): unknown => [
    code,
    report.findings.map((found) => found.code),
  ];

  it.each([
    ['--branch', 'feat/a1/clean', [0, []]],
    ['--branch', 'feat/a1/foreign', [1, ['owned-by-other']]],
    ['--branch', 'refs/heads/feat/a1/foreign', [1, ['owned-by-other']]],
    ['--range', 'feat/a1/clean..feat/a1/foreign', [1, ['owned-by-other']]],
    ['--range', 'main..feat/a1/clean', [0, []]],
    ['--paths', 'services/core/new.py', [0, []]],
    ['--paths', 'services/api/new.py', [1, ['owned-by-other']]],
  ])('%s %s', (option, value, expected) => {
    expect(codes(ask('check', option, value))).toEqual(expected);
  });

  it('judges many paths at once, from where one stands', () => {
    const outcome = repository
      .at('services/core')
      .bailiwick(['check', '--json', '--paths', 'new.py', '../api/x']);
    const report = JSON.parse(outcome.stdout) as Answer['report'];
    expect(report.findings.map(({ path }) => path)).toEqual(['services/api/x']);
    expect(report.data.subjects?.[0]?.changes).toBe(2);
  });

  it('judges as another agent where nobody else is claimed', () => {
    const detached = repository.git('rev-parse', 'main');
    repository.git('worktree', 'add', '-q', '--detach', '../plain', detached);
    const plain = repository.at('../plain');
    const asked = plain.bailiwick(['check', '--paths', 'services/api/x', '--agent', 'a2']);
    expect(asked.code).toBe(0);
    expect(repository.bailiwick(['check', '--paths', 'services/api/x', '--agent', 'a2']).code).toBe(
      1,
    );
  });

  it('says who, what, by which policy', () => {
    const { report } = ask('check', '--branch', 'feat/a1/foreign');
    expect(report.agent).toBe('a1');
    expect(report.policy).toEqual({ ref: 'main', oid: repository.git('rev-parse', 'main') });
    expect(report.data.subjects?.[0]?.identity).toEqual({
      kind: 'agent',
      agent: 'a1',
      strength: 'asserted',
      claims: [{ source: 'branch', from: 'branch feat/a1/foreign', agent: 'a1' }],
    });
    expect(report.data.remedy?.command).toBe(
      'git switch -q feat/a1/foreign && ' +
        "bailiwick request open :/services/api/api.py -m 'needed for feat/a1/foreign' && " +
        'git restore --source=main --staged --worktree -- :/services/api/api.py && ' +
        "git commit -q -m 'put back what is not to be changed' -- :/services/api/api.py",
    );
  });

  it.each([
    [['--branch', 'nowhere'], 'usage'],
    [['--range', 'main'], 'usage'],
    [['--range', 'main...feat/a1/clean'], 'usage'],
    [['--paths', '../outside'], 'usage'],
    [['--staged', '--branch', 'main'], 'usage'],
    [['--agent', 'nobody'], 'policy'],
  ])('%j cannot be decided', (args, kind) => {
    const { report } = ask('check', ...args);
    expect(report.verdict).toBe('undecided');
    expect(report.data.failure?.kind).toBe(kind);
  });

  it('refuses 256 violations with 1', () => {
    const paths = Array.from({ length: 256 }, (_, index) => `services/api/${index}`);
    expect(ask('check', '--paths', ...paths).code).toBe(1);
  });

  it('writes SARIF and Markdown', () => {
    const sarif = repository.bailiwick([
      'check',
      '--branch',
      'feat/a1/foreign',
      '--format',
      'sarif',
    ]);
    expect(sarif.code).toBe(1);
    expect((JSON.parse(sarif.stdout) as { version: string }).version).toBe('2.1.0');
    const markdown = repository.bailiwick([
      'check',
      '--branch',
      'feat/a1/foreign',
      '--format',
      'markdown',
    ]);
    expect(markdown.stdout).toContain('owned-by-other');
  });
});

describe('whoami', () => {
  it('knows the branch, the binding and the variables', () => {
    expect(ask('whoami').report).toMatchObject({ agent: 'a1', verdict: 'allowed' });
    expect(askWith({ AGENT_ID: 'a2' }, 'whoami')).toMatchObject({
      code: 1,
      report: { agent: null },
    });
    expect(askWith({ AGENT_ID: 'zz' }, 'whoami').code).toBe(2);
  });

  it('binds a worktree, which outlives its branch, and unbinds it', () => {
    repository.git('worktree', 'add', '-q', '../bound', '-b', 'wip', 'main');
    const bound = repository.at('../bound');
    expect(JSON.parse(bound.bailiwick(['whoami', '--json']).stdout)).toMatchObject({
      agent: null,
      verdict: 'allowed',
    });
    expect(bound.bailiwick(['whoami', '--bind', 'agent-1']).code).toBe(0);
    expect(JSON.parse(bound.bailiwick(['whoami', '--json']).stdout)).toMatchObject({
      agent: 'a1',
      data: { binding: 'a1', identity: { strength: 'bound' } },
    });
    bound.write('services/api/api.py', 'x\n');
    bound.git('add', '-A');
    expect(bound.tryGit('commit', '-q', '-m', 'x').code).toBe(1);
    expect(bound.bailiwick(['whoami', '--unbind']).code).toBe(0);
    expect(bound.tryGit('commit', '-q', '-m', 'x').code).toBe(0);
    expect(bound.bailiwick(['whoami', '--bind', 'nobody']).code).toBe(2);
  });

  it('says what a dry run would do, and does nothing', () => {
    const dry = repository.bailiwick(['whoami', '--bind', 'a1', '--dry-run', '--json']);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      data: { binding: null, steps: [{ kind: 'write-file' }] },
    });
    expect(ask('whoami').report.data.binding).toBe(null);
  });
});

describe('owner', () => {
  it.each([
    ['services/core/x', 'owned', ['a1'], 'allowed'],
    ['services/api/x', 'owned', ['a2'], 'refused'],
    ['services/common/x', 'shared', ['a1', 'a2'], 'refused'],
    ['services/core/migrations/2.sql', 'reserved', ['a1'], 'allowed'],
    ['services/core/secrets/x', 'forbidden', ['a1'], 'refused'],
    ['services/core/agent.py', 'frozen', [], 'refused'],
    ['ownership.yml', 'control', [], 'refused'],
    ['.agent.env', 'local', [], 'refused'],
    ['package-lock.json', 'derived', [], 'refused'],
    ['elsewhere/x', 'unowned', [], 'refused'],
  ])('%s is %s', (path, layer, owners, verdict) => {
    const { code, report } = ask('owner', path);
    expect(code).toBe(0);
    expect(report.data.paths).toMatchObject([{ path, layer, owners, forAgent: { verdict } }]);
  });

  it('cannot say whose a path is that two agents claim', () => {
    const twice = guardedRepository({
      policy: "version: 1\nagents:\n  a1: { owns: ['src/**'] }\n  a2: { owns: ['src/b/**'] }\n",
    });
    expect(twice.bailiwick(['owner', 'src/b/x']).code).toBe(2);
    expect(twice.bailiwick(['owner', 'src/a/x']).code).toBe(0);
  });

  it('wants a path inside the repository', () => {
    expect(repository.bailiwick(['owner']).code).toBe(2);
    expect(repository.bailiwick(['owner', '/etc/passwd']).code).toBe(2);
  });
});

describe('the command line', () => {
  it('answers wrong usage with 2, in the envelope when asked for it', () => {
    for (const args of [
      ['nonsense'],
      ['check', '--nonsense'],
      ['owner'],
      ['check', '--format', 'xml'],
    ]) {
      const plain = repository.bailiwick(args);
      expect({ code: plain.code, stdout: plain.stdout }).toEqual({ code: 2, stdout: '' });
      expect(plain.stderr).toMatch(/error: /);
    }
    const { code, stdout } = repository.bailiwick(['check', '--nonsense', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'undecided',
      data: { failure: { kind: 'usage' } },
    });
  });

  it('works in another directory with -C, before or after the command', () => {
    const outside = repository.at('..');
    const name = repository.directory;
    expect(outside.bailiwick(['-C', name, 'whoami', '--json']).code).toBe(0);
    expect(outside.bailiwick(['whoami', '-C', name]).code).toBe(0);
  });

  it('colours nothing that is no terminal, and everything on demand', () => {
    expect(repository.bailiwick(['whoami']).stdout).not.toContain('\x1b');
    expect(
      repository.bailiwick(['whoami'], { environment: { FORCE_COLOR: '1' } }).stdout,
    ).toContain('\x1b[');
    expect(
      repository.bailiwick(['whoami'], { environment: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout,
    ).not.toContain('\x1b');
  });
});

describe('how much git a commit starts', () => {
  const started = (...args: string[]): number => {
    const directory = join(repository.home, `trace-${Math.random()}`);
    repository.write(`../${directory.split('/').at(-1)}/.keep`);
    const environment = { GIT_TRACE2_EVENT: directory, GIT_INDEX_FILE: '.git/index' };
    repository.run('sh', [join(packageRoot, 'hooks/run'), ...args], { environment });
    return readdirSync(directory).filter((name) => name !== '.keep').length;
  };

  it('is one process on the short way, and at most two otherwise', () => {
    repository.git('switch', '-q', 'feat/a1/clean');
    repository.write('services/core/core.py', 'counted\n');
    repository.git('add', '-A');
    expect(started('pre-commit')).toBeLessThanOrEqual(3);
    expect(started('pre-commit')).toBe(1);
    repository.write('services/core/Added.py', 'counted\n');
    repository.git('add', '-A');
    expect(started('pre-commit')).toBe(2);
    repository.write('services/api/api.py', 'foreign\n');
    repository.git('add', '-A');
    expect(started('pre-commit')).toBe(2);
  });
});
