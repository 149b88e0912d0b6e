import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markComment } from '../../src/core/board/marker.ts';
import type { Report } from '../../src/domain/report.ts';
import type { BoardData } from '../../src/domain/reports/board.ts';
import type { OrderData } from '../../src/domain/reports/order.ts';
import type { OverlapData } from '../../src/domain/reports/overlap.ts';
import { POLICY } from '../support/policy.ts';
import { strict } from '../support/report-schema.ts';
import { scratchDirectory } from '../support/repository.ts';
import { fleet, FLEET_BASE, lines } from './support/fleet.ts';
import { events, pullPayload } from './support/payloads.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const overlapOf = ({ outputs }: ActionResult): OverlapData =>
  JSON.parse(outputs['overlap']!) as OverlapData;
const orderOf = ({ outputs }: ActionResult): OrderData =>
  JSON.parse(outputs['order']!) as OrderData;
/** The report of a run, which must be as the schema says to its last key. */
function reportOf({ outputs }: ActionResult): Report<BoardData> {
  const report: unknown = JSON.parse(readFileSync(outputs['report']!, 'utf8'));
  expect(strict(report), JSON.stringify(strict.errors)).toBe(true);
  return report as Report<BoardData>;
}

const CORE = 'services/core/core.py';

/** Where the pull requests of `threeOpen` go in the clone, to be looked at from there. */
const HEADS = [
  '+refs/pull/1/head:refs/heads/feat/a1/x',
  '+refs/pull/2/head:refs/heads/feat/a1/y',
  '+refs/pull/3/head:refs/heads/feat/a2/z',
];

/** Two pull requests of a1 that conflict, and one of a2 that keeps to itself. */
async function threeOpen(): Promise<World> {
  const world = await World.start(FLEET_BASE);
  world.openMany([
    { branch: 'feat/a1/x', title: 'Faster core', files: { [CORE]: lines({ 2: 'x' }) } },
    { branch: 'feat/a1/y', title: 'Slower core', files: { [CORE]: lines({ 2: 'y', 3: 'y' }) } },
    { branch: 'feat/a2/z', title: 'An island', files: { 'services/api/island.py': 'z\n' } },
  ]);
  return world;
}

describe.concurrent('the board', () => {
  it('shows the requests that wait, and those that wait for too long', async () => {
    const policy = POLICY.replace('version: 1\n', 'version: 1\nrequests: { remind: 1h }\n');
    const world = await World.start({ ...FLEET_BASE, 'ownership.yml': policy });
    const { clone } = world;
    clone.git('checkout', '-q', '-f', '-B', 'feat/a1/x', 'origin/main');
    clone.write('services/api/asked.py', 'asked\n');
    const asked = clone.bailiwick(['request', 'open', 'services/api/asked.py', '-m', 'a | column']);
    const id = /q[0-9a-f]{7,}/.exec(asked.stdout)![0];
    clone.run('rm', ['services/api/asked.py']);
    const now = await world.board();
    expect(reportOf(now).data.requests).toMatchObject([
      { id, from: 'a1', asked: ['a2'], overdue: false },
    ]);
    expect(now.summary).toContain('1 request waiting for an answer');
    expect(now.summary).toContain('a &#124; column');
    expect(now.summary).not.toContain('too long');
  });

  it('says who collides with whom, where, and in which order to land them', async () => {
    const world = await threeOpen();
    const result = await world.board();
    expect({ code: result.code, verdict: result.outputs['verdict'] }).toEqual({
      code: 0,
      verdict: 'allowed',
    });
    expect(overlapOf(result).pairs).toMatchObject([
      { a: 'feat/a1/x', b: 'feat/a1/y', level: 'conflict', conflicts: [{ path: CORE }] },
    ]);
    expect(orderOf(result)).toMatchObject({
      waves: [['feat/a1/y', 'feat/a2/z'], ['feat/a1/x']],
      cost: { branches: 1, lines: 2 },
      optimal: true,
    });
    for (const words of [
      '1 of 3 pairs conflicts',
      '### What waits for what',
      '### Each against each',
      `\`${CORE}\`: [#1](`,
      ' redoes 2 lines; the other way round [#2](',
      ' redoes 4',
      `\`${CORE} lines 2-3\``,
    ])
      expect(result.summary).toContain(words);
    expect(result.summary).toMatch(/^Land now \(2\): \[#2\]\(\S+\), \[#3\]\(\S+\)\n/);
    expect(result.summary).toContain('`bailiwick land feat/a1/y feat/a2/z --merge-prs`');
    // Two that wait for each other need no diagram.
    expect(result.summary).not.toContain('mermaid');
    expect(result.commands).toEqual([]);
    expect(world.server.deviations).toEqual([]);
  });

  it('gives to later steps what the command line prints', async () => {
    const world = await threeOpen();
    const { outputs } = await world.board();
    world.clone.git('fetch', '-q', 'origin', ...HEADS);
    const refs = ['--refs', 'refs/heads/feat/**', '--base', 'origin/main', '--as', 'github'];
    const printed = (command: string): unknown =>
      (JSON.parse(world.clone.bailiwick([command, ...refs, '--json']).stdout) as Report).data;
    const overlap = JSON.parse(outputs['overlap']!) as OverlapData;
    expect(printed('overlap')).toMatchObject({ ...overlap, stats: { pairs: 3, candidates: 1 } });
    expect(printed('order')).toMatchObject(JSON.parse(outputs['order']!) as OrderData);
  });

  it('reads 60 open pull requests with one call and one fetch of history', async () => {
    const world = await World.start(FLEET_BASE);
    world.openMany(fleet(60));
    const first = await world.board({ inputs: { comment: 'false' } });
    expect(first.network).toEqual(['fetch', 'fetch']);
    const reads = world.server.requests.filter((request) => request.startsWith('GET'));
    expect(reads).toHaveLength(1);
    expect(overlapOf(first).branches).toHaveLength(60);
    expect(overlapOf(first).degraded).toEqual([]);
    world.server.requests = [];
    const second = await world.board({ inputs: { comment: 'false' } });
    expect(world.server.requests).toHaveLength(1);
    expect(second.outputs['order']).toBe(first.outputs['order']);
    expect(world.server.deviations).toEqual([]);
  });

  it('gives the same order however GitHub lists the pull requests', async () => {
    const world = await threeOpen();
    const first = await world.board();
    world.server.pulls.reverse();
    expect((await world.board()).outputs['order']).toBe(first.outputs['order']);
  });

  it('names those that wait for each other, and still says what collides', async () => {
    const world = await World.start({
      ...FLEET_BASE,
      'ownership.yml': POLICY.replace(
        "owns: ['services/core",
        "after: [a2]\n    owns: ['services/core",
      ),
    });
    world.open({ branch: 'feat/a1/x', files: { [CORE]: lines({ 2: 'x' }) } });
    world.open({
      branch: 'feat/a2/y',
      from: 'pull-1',
      files: { 'services/api/n.py': 'n\n' },
    });
    const result = await world.board();
    expect(result.code).toBe(0);
    expect(result.outputs['order']).toBe('');
    expect(result.summary).toContain(
      'there is no order: these branches have to wait for each other',
    );
    expect(overlapOf(result).branches).toHaveLength(2);
  });

  it('shows pull requests that conflict with the base, on a push to it', async () => {
    const world = await threeOpen();
    const tip = world.land('progress', { [CORE]: lines({ 2: 'theirs' }) });
    const result = await world.run({ mode: 'board', event: 'push', payload: events.push(tip) });
    expect(overlapOf(result).branches.map(({ base }) => base)).toEqual([
      'conflict',
      'conflict',
      'clean',
    ]);
    expect(result.summary).toContain('### No longer merge into main');
    expect(result.summary).toContain('2 no longer merge into the base');
  });

  it('on the page of a pull request, marks the files it collides in', async () => {
    const world = await threeOpen();
    const payload = events.pullRequest(world.server.pulls[0]!);
    const result = await world.run({ mode: 'board', event: 'pull_request', payload });
    expect(result.commands).toHaveLength(1);
    expect(result.commands[0]).toMatch(/^::warning file=services\/core\/core\.py,.*feat\/a1\/y/);
  });

  it('30: names pull requests that change what steers the guard', async () => {
    const world = await World.start(FLEET_BASE);
    world.open({ branch: 'fix/ci', files: { '.github/workflows/gate.yml': 'on: push\n' } });
    const { summary } = await world.board();
    expect(summary).toContain('### Change files that steer the guard');
    expect(summary).toContain('`.github/workflows/gate.yml`');
  });

  it('merges as GitHub does, with contents that only it had', async () => {
    const world = await World.start({
      ...FLEET_BASE,
      '.gitattributes': 'CHANGES.md merge=union\n',
      'CHANGES.md': lines(),
    });
    world.openMany([
      { branch: 'feat/a1/x', files: { 'CHANGES.md': lines({ 1: 'x' }) } },
      { branch: 'feat/a1/y', files: { 'CHANGES.md': lines({ 1: 'y' }) } },
    ]);
    world.land('renamed', { 'services/core/moved.py': lines({ 9: 'moved' }) });
    const result = await world.board();
    // GitHub's button knows no attributes, so `merge=union` does not help.
    expect(overlapOf(result).pairs.map(({ level }) => level)).toEqual(['conflict']);
    expect(overlapOf(result).degraded).toEqual([]);
  });

  it('can think of landing by rebase, with the contents of every step', async () => {
    const world = await threeOpen();
    const result = await world.board({ inputs: { land: 'rebase' } });
    expect(orderOf(result)).toMatchObject({ landing: 'rebase', cost: { branches: 1 } });
    expect(overlapOf(result).degraded).toEqual([]);
  });

  it('looks at branches without a pull request where it is told to', async () => {
    const world = await threeOpen();
    world.clone.git('checkout', '-q', '-b', 'early', 'origin/main');
    const early = world.clone.commit('early', { [CORE]: lines({ 2: 'early' }) });
    world.push(`${early}:refs/heads/feat/a1/early`, `${early}:refs/heads/unrelated`);
    const refs = (result: ActionResult) => overlapOf(result).branches.map(({ ref }) => ref);
    expect(refs(await world.board())).not.toContain('feat/a1/early');
    expect(refs(await world.board({ inputs: { fleet: 'branches' } }))).toEqual(['feat/a1/early']);
  });

  it('leaves out what lands elsewhere, and keeps what is stacked', async () => {
    const world = await World.start(FLEET_BASE);
    world.open({ branch: 'feat/a1/x', files: { [CORE]: lines({ 2: 'x' }) } });
    world.open({
      branch: 'feat/a1/y',
      from: 'pull-1',
      target: 'feat/a1/x',
      files: { [CORE]: lines({ 2: 'x', 9: 'y' }) },
    });
    world.open({ branch: 'feat/a2/z', target: 'release', files: { 'services/api/z.py': 'z\n' } });
    world.server.say(3, 'github-actions[bot]', markComment({ base: 'main', at: 1 }, 'collides'));
    const result = await world.board();
    expect(world.server.on(3)[0]).toContain('no longer collides');
    expect(orderOf(result).waves).toEqual([['feat/a1/x'], ['feat/a1/y']]);
    expect(result.summary).toContain('because they land on another branch: #3');
  });

  it.each([
    [
      'last',
      [
        ['feat/a1/ready', 'clean'],
        ['feat/a1/old', 'rework'],
      ],
      /^Land now \(1\): \[#2\]/,
    ],
    [
      'equal',
      [
        ['feat/a1/old', 'clean'],
        ['feat/a1/ready', 'rework'],
      ],
      /^Land now \(0\): /,
    ],
    ['leave-out', [['feat/a1/ready', 'clean']], /^Land now \(1\): \[#2\]/],
  ])('drafts: %s', async (drafts, expected, line) => {
    const world = await World.start(FLEET_BASE);
    const long = lines({ 2: 'd', 3: 'd', 4: 'd' });
    world.openMany([
      { branch: 'feat/a1/old', draft: true, files: { [CORE]: long } },
      { branch: 'feat/a1/ready', files: { [CORE]: lines({ 4: 'r' }) } },
    ]);
    // It would be cheaper to let the draft go first.
    const result = await world.board({ inputs: { drafts } });
    expect(orderOf(result).order.map(({ ref, outcome }) => [ref, outcome])).toEqual(expected);
    expect(result.summary).toMatch(line);
    expect(result.summary).toContain('<summary>Drafts: 1');
  });

  it('can be about any branch, one beside the other, by the policy of main', async () => {
    const world = await threeOpen();
    world.push('origin/main:refs/heads/release');
    world.open({ branch: 'fix/a', target: 'release', files: { [CORE]: lines({ 2: 'a' }) } });
    world.open({ branch: 'fix/b', target: 'release', files: { [CORE]: lines({ 2: 'b' }) } });
    const state = scratchDirectory();
    const look = async (base: string) => world.board({ inputs: { base, state } });
    const refs = (result: ActionResult) => overlapOf(result).branches.map(({ ref }) => ref);
    expect(refs(await look('release'))).toEqual(['fix/a', 'fix/b']);
    expect(refs(await look('main'))).toEqual(['feat/a1/x', 'feat/a1/y', 'feat/a2/z']);
    const again = await look('release');
    expect(again.summary).toMatch(/### Changed since .*\n\n- nothing/);
    expect(world.server.comments.map(({ number }) => number).sort()).toEqual([1, 5]);
  });

  it('is not misled by a branch that is called like its own base', async () => {
    const world = await World.start(FLEET_BASE);
    world.open({ branch: 'origin/main', files: { [CORE]: lines({ 2: 'x' }) } });
    world.open({ branch: 'pull/1/head', files: { [CORE]: lines({ 3: 'x' }) } });
    const result = await world.board();
    expect(result.code).toBe(0);
    expect(overlapOf(result).base.ref).toBe('origin/main');
    expect(overlapOf(result).pairs).toHaveLength(1);
    expect(result.summary).toMatch(/^Land now \(1\): \[#\d\]/);
  });

  it('is empty, and says so, where nothing is open', async () => {
    const world = await World.start(FLEET_BASE);
    const result = await world.board();
    expect(result.code).toBe(0);
    expect(result.summary).toContain('No open pull request lands here.');
  });
});

describe.concurrent('what the board could not see', () => {
  it('a pull request whose head the remote does not have', async () => {
    const world = await threeOpen();
    world.server.pulls.push(pullPayload({ number: 9, branch: 'feat/a1/w', head: '1'.repeat(40) }));
    const result = await world.board();
    expect({ code: result.code, verdict: result.outputs['verdict'] }).toEqual({
      code: 0,
      verdict: 'undecided',
    });
    expect(result.summary).toContain('This board is incomplete');
    expect(result.summary).toContain('&#8203;9 is listed as open, and the remote does not have it');
    expect(overlapOf(result).branches).toHaveLength(3);
    expect(result.commands[0]).toMatch(/^::warning title=bailiwick::the board is incomplete/);
  });

  it('a branch with another beginning', async () => {
    const world = await threeOpen();
    world.open({
      branch: 'feat/a2/alone',
      prepare: (clone) => clone.git('checkout', '-q', '--orphan', 'alone'),
      files: { 'services/api/alone.py': 'x\n' },
    });
    const before = markComment({ base: 'main', at: 1 }, 'collides');
    world.server.say(4, 'github-actions[bot]', before);
    const result = await world.board();
    expect(result.outputs['verdict']).toBe('undecided');
    expect(overlapOf(result).degraded).toMatchObject([{ kind: 'no-common-history' }]);
    expect(world.server.on(4)).toEqual([before]);
  });

  it('a list that it may not have', async () => {
    const world = await threeOpen();
    const body = { message: 'Resource not accessible by integration', documentation_url: 'x' };
    world.server.faults.push({ method: 'GET', path: /pulls$/, status: 403, body, times: 9 });
    const result = await world.board();
    expect(result.code).toBe(2);
    expect(result.summary).toContain('the open pull requests cannot be listed');
  });

  it('a list with something in it that is no pull request', async () => {
    const world = await threeOpen();
    const body = [...world.server.pulls, { number: 'seven' }];
    world.server.faults.push({ method: 'GET', path: /pulls$/, status: 200, body, times: 1 });
    const result = await world.board();
    expect(result.outputs['verdict']).toBe('undecided');
    expect(result.summary).toContain('not every open pull request could be read');
  });

  it('reads every page of a long list', async () => {
    const world = await World.start(FLEET_BASE);
    world.openMany(
      Array.from({ length: 130 }, (_, at) => ({
        branch: `feat/a1/${at}`,
        files: { [`services/core/${at}.py`]: 'x\n' },
      })),
    );
    const result = await world.board();
    expect(overlapOf(result).branches).toHaveLength(130);
    expect(world.server.requests.filter((request) => request.includes('/pulls'))).toHaveLength(2);
  });
});

describe.concurrent('what changed since the last run', () => {
  it('is told from what that run left', async () => {
    const world = await threeOpen();
    const state = scratchDirectory();
    const look = () => world.board({ inputs: { state } });
    expect((await look()).summary).not.toContain('### Changed since');
    const same = await look();
    expect(same.summary).toMatch(/### Changed since .*\n\n- nothing/);
    expect(overlapOf(same).stats).toMatchObject({ merges: 0 });
    world.server.pulls.splice(2, 1);
    world.open({ branch: 'feat/a2/w', files: { 'services/api/api.py': lines({ 4: 'w' }) } });
    const better = world.clone.git('rev-parse', 'origin/main');
    world.push(`${better}:refs/pull/2/head`);
    const { changes } = reportOf(await look()).data;
    expect(changes).toMatchObject({
      base: false,
      opened: ['feat/a2/w'],
      gone: ['feat/a2/z'],
      moved: ['feat/a1/y'],
      conflicts: [],
      resolved: [['feat/a1/x', 'feat/a1/y']],
    });
  });

  it('is left out where the state is damaged', async () => {
    const world = await World.start(FLEET_BASE);
    const state = scratchDirectory();
    writeFileSync(join(state, 'board.json'), '{"format":1');
    writeFileSync(join(state, 'merges'), 'bailiwick-overlap/1 x');
    const result = await world.board({ inputs: { state } });
    expect(result.code).toBe(0);
    expect(result.summary).not.toContain('### Changed since');
  });
});
