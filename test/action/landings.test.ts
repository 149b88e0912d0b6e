import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BoardData } from '../../src/domain/reports/board.ts';
import type { GateData } from '../../src/domain/reports/gate.ts';
import type { Report } from '../../src/domain/report.ts';
import { POLICY } from '../support/policy.ts';
import { readPublished } from '../support/report-schema.ts';
import { events } from './support/payloads.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const RECEIPTS = 'refs/bailiwick/receipts/main';
const VALIDATED = POLICY.replace('version: 1\n', "version: 1\nland: { validate: ['true'] }\n");

function landingsIn({ outputs }: ActionResult): unknown[] {
  const text = readFileSync(outputs['report']!, 'utf8');
  const { data } = readPublished<Report<BoardData | GateData>>(text);
  const { receipts, commits } = data.landings!;
  return [receipts, ...commits.map(({ how, branch, checked }) => `${how} ${branch} ${checked}`)];
}

describe('what landed, and how', () => {
  it('tells a landing by land from one beside it, and says where nothing is written down', async () => {
    const world = await World.start({ 'ownership.yml': VALIDATED });
    const { clone } = world;
    const before = clone.git('rev-parse', 'origin/main');
    const unknown = await world.board();
    expect(landingsIn(unknown)).toEqual([null, 'outside null null']);
    expect(unknown.summary).toContain('There are no receipts of main');
    expect(unknown.summary).not.toContain('Landed last');

    world.open({ branch: 'feat/a1/x', files: { 'services/core/x.py': 'x\n' } });
    world.open({ branch: 'feat/a2/y', files: { 'services/api/y.py': 'y\n' } });
    clone.git('fetch', '-q', 'origin');
    clone.git('checkout', '-q', '-f', '--detach', 'origin/main');
    const branches = ['feat/a1/x', 'feat/a2/y'];
    for (const branch of branches)
      clone.git('branch', '-q', '--no-track', branch, `origin/${branch}`);
    const landed = clone.bailiwick(['land', ...branches, '--push', '--yes', '--land', 'squash']);
    expect({ code: landed.code, said: landed.stderr }).toMatchObject({ code: 0 });
    clone.git('fetch', '-q', 'origin');
    clone.git('checkout', '-q', '-f', '-B', 'main', 'origin/main');
    world.land('by hand', { 'web/app.ts': 'hand\n' });
    const after = clone.git('rev-parse', 'origin/main');
    const told = ['outside null null', 'receipt feat/a2/y true', 'receipt feat/a1/x true'];

    const push = { event: 'push', payload: events.push(after, before) };
    const gate = await world.run(push);
    expect(landingsIn(gate)).toEqual([2, ...told]);
    expect(gate.summary).toContain('How it landed');
    const board = await world.board();
    expect(landingsIn(board)).toEqual([2, ...told, 'outside null null']);
    expect(board.summary).toContain('### Landed last');
    expect(board.summary).toMatch(/`feat\/a1\/x` \| by `bailiwick land`, validated: receipt `r/);
    expect(board.summary).toContain('| by hand | outside of `bailiwick land` |');
    expect(board.summary).not.toContain('There are no receipts');

    // Somebody deletes the receipts: the commits still say it, and anybody can write that.
    world.push(`:${RECEIPTS}`);
    const lost = await world.run(push);
    expect(landingsIn(lost)).toEqual([
      null,
      'outside null null',
      'trailer feat/a2/y null',
      'trailer feat/a1/x null',
    ]);
    expect(lost.summary).toContain('There are no receipts of the base');

    // Somebody puts something else there: nobody else's answer is spoilt.
    const junk = clone.git('commit-tree', '-m', 'junk', 'HEAD^{tree}');
    world.push(`${junk}:${RECEIPTS}`);
    const spoilt = await world.board();
    expect(spoilt.code).toBe(0);
    expect(landingsIn(spoilt)[0]).toBeNull();
    expect(spoilt.summary).toContain('The receipts of main cannot be read');
  });
});
