import { describe, expect, it } from 'vitest';
import { runStatus } from '../../../src/commands/status.ts';
import { hintTo } from '../../../src/domain/hint.ts';
import type { Report } from '../../../src/domain/report.ts';
import type { StatusData } from '../../../src/domain/reports/status.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo, type Files, fleetOf, look } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

const POLICY = `version: 1
unowned: allow
identify: { branches: ['feat/{agent}/{topic}'] }
agents:
  a1: { owns: ['a1/**'] }
  a2: { owns: ['a2/**'] }
`;
const text = (line: number, word: string): string =>
  Array.from({ length: 9 }, (_, at) => (at === line ? `${word}\n` : `${at}\n`)).join('');
const BASE: Files = { 'ownership.yml': POLICY, shared: text(-1, ''), other: text(-1, '') };

const fleet = (branches: Record<string, Files>): TestRepository => {
  const repository = fleetOf(BASE, branches);
  repository.git('checkout', '-q', 'main');
  return repository;
};
const status = (repository: TestRepository, overlap = true): Promise<Report<StatusData>> =>
  runStatus(hostIn(repository), { overlap });
const conflicts = ({ data }: Report<StatusData>): string[] =>
  data.rows.flatMap(({ branch, conflicts: found }) =>
    found.map(
      (each) => `${branch} x ${each.with}${each.base ? ' (base)' : ''}: ${each.paths.join()}`,
    ),
  );

/** Takes one object out of the repository. */
function lose(repository: TestRepository, name: string): void {
  const oid = repository.git('rev-parse', name);
  const unpack = 'mv .git/objects/pack/*.pack ../lost && git unpack-objects -q < ../lost';
  repository.run('sh', ['-c', `${unpack}; rm .git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`]);
}

describe('conflicts', () => {
  it('are those of overlap, on both sides, and the base apart', async () => {
    const repository = fleet({
      'a1/x': { shared: text(2, 'x') },
      'a1/clean': { other: text(7, 'clean') },
      'a2/y': { shared: text(2, 'y') },
      'a2/stale': { other: text(3, 'stale') },
    });
    commitTo(repository, 'main', { other: text(3, 'main') });
    repository.git('reset', '-q', '--hard');
    const report = await status(repository);
    expect(conflicts(report)).toEqual([
      'feat/a1/x x feat/a2/y: shared',
      'feat/a2/stale x main (base): other',
      'feat/a2/y x feat/a1/x: shared',
    ]);
    expect(report).toMatchObject({
      verdict: 'allowed',
      data: { overlap: { state: 'computed', left: [] } },
    });
    const { findings } = await look(repository, { refs: ['refs/heads/feat/'] });
    const said = findings.filter(({ code }) => code.startsWith('conflict'));
    expect(report.findings).toEqual(said);
    expect(report.data.rows.map(({ next }) => next?.why)).toEqual([
      'land',
      'conflict',
      'conflict-with-base',
      'conflict',
      undefined,
    ]);
  });

  it("are also those of people's worktrees, and of names that are ambiguous", async () => {
    const repository = fleet({ 'a1/x': { shared: text(2, 'x') } });
    commitTo(repository, 'topic', { shared: text(2, 'y') }, 'main');
    commitTo(repository, 'left-alone', { shared: text(2, 'z') }, 'main');
    repository.git('tag', 'feat/a1/x');
    repository.git('worktree', 'add', '-q', '../people', 'topic');
    expect(conflicts(await status(repository))).toEqual([
      'feat/a1/x x topic: shared',
      'topic x heads/feat/a1/x: shared',
    ]);
  });

  it('are not looked for when that is not wanted', async () => {
    const repository = fleet({
      'a1/x': { shared: text(2, 'x') },
      'a2/y': { shared: text(2, 'y') },
    });
    const report = await status(repository, false);
    expect(report.data.overlap).toEqual({ state: 'skipped', left: [] });
    expect(conflicts(report)).toEqual([]);
  });

  it('are taken from memory where computing them would take long, and that is said', async () => {
    const many = Array.from({ length: 45 }, (_, at) => [`a1/new${at}`, { [`a1/${at}`]: 'x\n' }]);
    const known = { 'a2/x': { shared: text(2, 'x') }, 'a2/y': { shared: text(2, 'y') } };
    const repository = fleet({ ...known, ...(Object.fromEntries(many) as Record<string, Files>) });
    await look(repository, { base: null, refs: ['refs/heads/feat/a2/'] });
    const report = await status(repository);
    const { state, left } = report.data.overlap;
    expect([state, left.length, left[0]]).toEqual(['remembered', 45, 'feat/a1/new0']);
    expect(conflicts(report)).toEqual([
      'feat/a2/x x feat/a2/y: shared',
      'feat/a2/y x feat/a2/x: shared',
    ]);
    expect(report.verdict).toBe('allowed');
    await look(repository, { base: null, refs: [] });
    expect((await status(repository)).data.overlap).toEqual({ state: 'computed', left: [] });
  });

  it('that cannot be found out leave the answer undecided', async () => {
    const repository = fleet({ 'a1/x': { shared: text(2, 'x') }, 'a2/y': { other: text(2, 'y') } });
    commitTo(repository, 'main', { shared: text(3, 'main') });
    repository.git('reset', '-q', '--hard');
    lose(repository, 'main:shared');
    const report = await status(repository);
    expect(report).toMatchObject({
      verdict: 'undecided',
      data: { overlap: { state: 'undecided', left: [] } },
    });
    expect(report.data.notices[0]).toMatch(
      /^feat\/a1\/x cannot be judged, objects are missing here/,
    );
    expect(report.data.rows.map(({ problems, standing }) => [problems, standing?.ahead])).toEqual([
      [[], 1],
      [[], 1],
      [[], undefined],
    ]);
  });
});

it.each([
  ['a file', 'feat/a1/x:shared'],
  ['its tree', 'feat/a1/x^{tree}'],
  ['its commit', 'feat/a1/x'],
  ['a commit below it', 'feat/a1/x~1'],
])('says of which branch %s is missing, and judges the others', async (_what, name) => {
  const repository = fleet({ 'a1/x': { shared: text(2, 'x') }, 'a2/y': { shared: text(2, 'y') } });
  commitTo(repository, 'feat/a1/x', { shared: text(3, 'further') });
  lose(repository, name);
  const report = await status(repository);
  expect(report.verdict).toBe('undecided');
  const [broken, whole] = report.data.rows;
  expect(broken).toMatchObject({
    branch: 'feat/a1/x',
    standing: null,
    problems: ['objects of its history are missing here'],
  });
  expect(whole).toMatchObject({
    branch: 'feat/a2/y',
    standing: { ahead: 1, lines: 2 },
    problems: [],
  });
});

it('says which ref cannot be read at all', async () => {
  const repository = fleet({ 'a1/x': { shared: text(2, 'x') } });
  repository.write('.git/refs/heads/feat/a2/broken', 'garbage\n');
  const report = await status(repository);
  expect(report.verdict).toBe('undecided');
  expect(report.data.notices).toEqual([
    'refs/heads/feat/a2/broken cannot be read, and is left out',
  ]);
  expect(report.data.rows).toHaveLength(2);
});

it('does not call branches unrelated where the clone is only too shallow', async () => {
  const repository = fleet({ 'a1/x': { shared: text(2, 'x') } });
  commitTo(repository, 'main', { other: text(3, 'main') });
  const clone = repository.at('../clone');
  const from = `file://${repository.directory}`;
  repository.git('clone', '-q', '--depth=1', '--no-single-branch', from, clone.directory);
  clone.git('switch', '-q', 'feat/a1/x');
  const report = await status(clone);
  expect(report.verdict).toBe('undecided');
  expect(report.data.rows).toMatchObject([
    {
      branch: 'feat/a1/x',
      problems: ['this clone is shallow and does not reach where it left the base'],
      next: {
        why: 'undecided',
        hint: hintTo('fetch the missing history', 'git fetch --unshallow'),
      },
    },
  ]);
});
