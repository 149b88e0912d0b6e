import { beforeAll, describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/commands/check.ts';
import { runGate } from '../../../src/commands/gate.ts';
import type { PullRequest } from '../../../src/domain/pull-request.ts';
import type { BranchName, Oid } from '../../../src/domain/refs.ts';
import { ok } from '../../../src/domain/result.ts';
import type { SilentBreak } from '../../../src/domain/reports/overlap.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo, fleetOf, look } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

const POLICY = `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
unowned: allow
agents: { a1: { owns: ['a/**'] }, a2: { owns: ['b/**'] } }
migrations:
  steps: { paths: ['steps/*.go'], number: 'Version: {number},', within: text }
`;
const revision = (id: string, down: string): string =>
  `revision = '${id}'\ndown_revision = ${down}\n`;

const said = (breaks: readonly SilentBreak[]): string[] =>
  breaks.map(({ refs, path, severity }) => [severity, refs.join(' '), path].join(' | '));

describe('migrations of real branches', () => {
  let repository: TestRepository;
  beforeAll(() => {
    repository = fleetOf(
      {
        'ownership.yml': POLICY,
        'app/versions/a1.py': revision('a1', 'None'),
        'db/0001_start.up.sql': 'create\n',
        'steps/one.go': 'x{Version: 1, Up: up}\n',
      },
      {},
    );
    const branches = {
      'a1/scores': { 'app/versions/b1.py': revision('b1', "'a1'") },
      'a2/index': { 'app/versions/c1.py': revision('c1', "('a1',)") },
      'a1/late': { 'db/0002_late.up.sql': 'alter\n', 'db/0002_late.down.sql': 'alter\n' },
      'a2/two': { 'steps/two.go': 'x{Version:  2, Up: up}\n' },
      'a1/zwei': { 'steps/zwei.go': 'x{\n\tVersion: 2,\n}\n' },
      'a2/odd': { 'app/versions/d1.py': 'revision = make()\ndown_revision = "a1"\n' },
    };
    for (const [name, files] of Object.entries(branches))
      commitTo(repository, `feat/${name}`, files, 'main');
    commitTo(repository, 'main', { 'db/0002_early.up.sql': 'alter\n' });
  });

  it('collide with the base and with each other in the rule of their tool', async () => {
    const cold = await look(repository, { refs: [], base: null });
    expect(said(cold.data.breaks)).toMatchInlineSnapshot(`
      [
        "warning | feat/a1/late | db/0002_late.down.sql",
        "warning | feat/a1/scores feat/a2/index | app/versions/b1.py",
        "warning | feat/a1/zwei feat/a2/two | steps/zwei.go",
        "notice | feat/a2/odd | app/versions/d1.py",
      ]
    `);
    expect(cold.verdict).toBe('allowed');
    const warm = await look(repository, { refs: [], base: null });
    expect(warm.data.breaks).toEqual(cold.data.breaks);
    expect(warm.findings).toEqual(cold.findings);
    const strict = await look(repository, { refs: [], base: null, failOn: 'conflict' });
    expect(strict.verdict).toBe('refused');
  });

  it('are refused where they land, and what is said puts it right', async () => {
    repository.git('switch', '-q', 'feat/a1/late');
    const target = { kind: 'branch', ref: 'feat/a1/late' } as const;
    const { verdict, findings } = await runCheck(hostIn(repository), { target });
    expect(verdict).toBe('refused');
    const [finding] = findings.filter(({ code }) => code === 'migration-collision');
    repository.run('sh', ['-c', finding!.hint!.command!]);
    repository.git('commit', '-qm', 'renumber');
    expect(repository.git('ls-files', 'db')).toBe(
      'db/0001_start.up.sql\ndb/0003_late.down.sql\ndb/0003_late.up.sql',
    );
    expect((await runCheck(hostIn(repository), { target })).findings).toEqual([]);
  });

  it('are refused by the gate, which reads them out of a partial copy', async () => {
    repository.git('config', 'uploadpack.allowFilter', 'true');
    repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    commitTo(repository, 'main', { 'app/versions/e1.py': revision('e1', "'a1'") });
    const head = repository.git('rev-parse', 'feat/a2/index') as Oid;
    const pullRequest: PullRequest = {
      ...{ number: 7, title: '', author: { login: 'a2', id: 2 }, head, own: true, draft: false },
      ...{ branch: 'feat/a2/index' as BranchName, target: 'main' as BranchName },
      ...{ locked: false, labels: null, opened: 0 },
    };
    const { findings, verdict } = await runGate(hostIn(repository), {
      source: { url: repository.directory, access: {} },
      anchor: 'main' as BranchName,
      request: { kind: 'pull-request', pullRequest },
      openPullRequests: () => Promise.resolve(ok([])),
      pullRequestsOf: () => Promise.resolve(ok([])),
      reviewsOf: () => Promise.resolve(ok([])),
    });
    expect(verdict).toBe('refused');
    expect(findings.map(({ code, message }) => `${code}: ${message}`)).toMatchInlineSnapshot(`
      [
        "migration-collision: app/versions/c1.py and app/versions/e1.py both follow a1 once it is on origin/main: alembic upgrade head refuses several heads",
      ]
    `);
  });
});
