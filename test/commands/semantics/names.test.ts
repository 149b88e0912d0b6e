import { beforeAll, describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/commands/check.ts';
import { runLand } from '../../../src/commands/land.ts';
import { runGate } from '../../../src/commands/gate.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { PullRequest } from '../../../src/domain/pull-request.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';
import { ok } from '../../../src/domain/result.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo, fleetOf, forget, look } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

const POLICY = `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
unowned: allow
agents: { a1: { owns: ['a/**'] }, a2: { owns: ['b/**'] } }
`;
const LINES = Array.from({ length: 12 }, (_, at) => `line_${at} = ${at}\n`).join('');
const test = (name: string): string => `def ${name}():\n    pass\n`;

const ofNames = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ code }) => code === 'dangling-name' || code === 'duplicate-name')
    .map(({ code, severity, message }) => `${severity} ${code}: ${message}`);

describe('names of real branches', () => {
  let repository: TestRepository;
  beforeAll(() => {
    repository = fleetOf(
      {
        'ownership.yml': POLICY,
        'a/store.py': 'def load_scores(x):\n    return x\ndef kept_name(): ...\n',
        'a/other.py': 'kept_name()\nmoved = 1\n',
        'a/moved.py': 'def moved_name(): ...\n',
        'a/words.py': '# load_scores is said here\n',
        'b/rank.py': `${LINES}`,
        'tests/test_all.py': `${LINES}`,
        'pkg/base.go': 'package pkg\n',
        '.gitattributes': 'made/*.go linguist-generated\n*.other.go linguist-vendored\n',
      },
      {},
    );
    const branches = {
      'a1/store': {
        'a/store.py': 'def read_scores(x):\n    return x\n',
        'a/moved.py': '',
        'a/elsewhere.py': 'def moved_name(): ...\n',
      },
      'a2/ranking': { 'b/rank.py': `${LINES}load_scores(1)\nmoved_name()\nkept_name()\n` },
      'a2/own': { 'b/own.py': 'def load_scores(): ...\nload_scores()\n' },
      'a1/first': {
        'tests/test_all.py': `${test('test_empty')}${LINES}`,
        'pkg/sync.go': 'package pkg\nfunc TestSync() {}\n',
      },
      'a2/second': {
        'tests/test_all.py': `${LINES}${test('test_empty')}`,
        'pkg/more.go': 'package pkg\nfunc TestSync() {}\n',
      },
      // The base marks these as nobody's own work.
      'a1/made': { 'made/one.go': 'package made\nfunc Twice() {}\n' },
      'a2/made': {
        'made/two.go': 'package made\nfunc Twice() {}\n',
        'more/x.other.go': 'package more\nfunc Foreign() {}\n',
      },
      'a3/made': { 'more/y.other.go': 'package more\nfunc Foreign() {}\n' },
      // git adds once what both add alike.
      'a1/third': { 'tests/test_all.py': `${test('test_empty')}${LINES}` },
      'a1/large': { 'a/large.py': `${'x'.repeat(1_000_001)}\n` },
    };
    for (const [name, files] of Object.entries(branches))
      commitTo(repository, `feat/${name}`, files, 'main');
  });

  it('91 dangle or stand twice, but for generated and vendored files, once both have landed, warm as cold', async () => {
    const cold = await look(repository, { refs: [], base: null });
    expect(ofNames(cold.findings)).toEqual([
      'notice dangling-name: the names in a/large.py of feat/a1/large were not compared: they cannot be read here as text',
      'notice dangling-name: `load_scores` is removed by feat/a1/store (a/store.py) and used by feat/a2/ranking (b/rank.py:13)',
      'notice duplicate-name: `TestSync` is added by feat/a1/first (pkg/sync.go:2) and by feat/a2/second (pkg/more.go:2): the compiler refuses two',
      'notice duplicate-name: `test_empty` is added by feat/a1/first (tests/test_all.py:1) and by feat/a2/second (tests/test_all.py:13): the second takes the place of the first without a word',
      'notice duplicate-name: `test_empty` is added by feat/a1/third (tests/test_all.py:1) and by feat/a2/second (tests/test_all.py:13): the second takes the place of the first without a word',
    ]);
    const [, dangling] = cold.findings.filter(({ code }) => code === 'dangling-name');
    expect(repository.run('sh', ['-c', dangling!.hint!.command!]).stdout).toBe(
      'feat/a2/ranking:b/rank.py:13:load_scores(1)\n',
    );
    const warm = await look(repository, { refs: [], base: null });
    expect(warm.findings).toEqual(cold.findings);
    // What is about to land together is told before.
    const branches = ['feat/a1/store', 'feat/a2/ranking', 'feat/a2/own'];
    const plan = await runLand(hostIn(repository), { branches, land: 'merge', plan: true });
    expect(ofNames(plan.findings)).toEqual(ofNames(cold.findings).slice(1, 2));
    // A notice never refuses.
    expect((await look(repository, { refs: [], base: null, failOn: 'conflict' })).verdict).toBe(
      'allowed',
    );
  });

  it('are the same where one branch has moved since, also in what a merge of that time wrote', async () => {
    commitTo(repository, 'main', { 'b/rank.py': LINES.replace('line_0 = 0', 'line_0 = 00') });
    await look(repository, { refs: [], base: null });
    commitTo(repository, 'feat/a1/third', { 'a/third.py': 'third = 3\n' });
    const warm = await look(repository, { refs: [], base: null });
    forget(repository);
    const cold = await look(repository, { refs: [], base: null });
    expect(warm.findings).toEqual(cold.findings);
    expect(ofNames(cold.findings)).toHaveLength(5);
  });

  it('are said of a branch and what the base did since, by the check and by the gate', async () => {
    commitTo(repository, 'main', {
      'a/store.py': 'def read_scores(x):\n    return x\ndef kept_name(): ...\n',
    });
    const target = { kind: 'branch', ref: 'feat/a2/ranking' } as const;
    const said = (on: string): string[] => [
      `notice dangling-name: \`load_scores\` is removed by ${on} (a/store.py) and used by feat/a2/ranking (b/rank.py:13)`,
    ];
    const checked = await runCheck(hostIn(repository), { target });
    expect(ofNames(checked.findings)).toEqual(said('main'));
    // The gate reads out of a partial copy.
    repository.git('config', 'uploadpack.allowFilter', 'true');
    repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const head = repository.git('rev-parse', 'feat/a2/ranking') as Oid;
    const pullRequest: PullRequest = {
      ...{ number: 7, title: '', author: { login: 'a2', id: 2 }, head, own: true, draft: false },
      ...{ branch: 'feat/a2/ranking' as BranchName, target: 'main' as BranchName },
      ...{ locked: false, labels: null, opened: 0 },
    };
    const { findings } = await runGate(hostIn(repository), {
      source: { url: repository.directory, access: {} },
      anchor: 'main' as BranchName,
      request: { kind: 'pull-request', pullRequest },
      openPullRequests: () => Promise.resolve(ok([])),
      pullRequestsOf: () => Promise.resolve(ok([])),
      reviewsOf: () => Promise.resolve(ok([])),
    });
    expect(ofNames(findings)).toEqual(said('origin/main'));
  });
});
