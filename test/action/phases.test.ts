import { expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { POLICY } from '../support/policy.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const codesOf = ({ outputs }: ActionResult): string[] =>
  (JSON.parse(outputs['findings'] ?? '[]') as Finding[]).map(({ code }) => code);

it('the gate refuses an agent whose phase is closed, until those before it have handed off', async () => {
  const policy = POLICY.replace('version: 1\n', 'version: 1\nphases: { enforce: require }\n')
    .replace('  a1:\n', "  a1:\n    validate: ['true']\n")
    .replace('  a2:\n', '  a2:\n    after: [a1]\n');
  const files = { 'services/core/x': '1\n', 'services/api/x': '1\n' };
  const world = await World.start({ 'ownership.yml': policy, ...files });
  const { clone } = world;
  const pull = world.open({ branch: 'feat/a2/x', files: { 'services/api/x': '2\n' } });
  const early = await world.gate(pull);
  expect([early.code, codesOf(early)]).toEqual([1, ['phase-closed']]);
  expect(early.summary).toContain('a1 has not handed off yet');
  clone.git('checkout', '-q', '-f', '-B', 'feat/a1/x', 'origin/main');
  const tip = clone.commit('work', { 'services/core/x': '2\n' });
  world.push(`${tip}:refs/heads/feat/a1/x`);
  const handed = clone.bailiwick(['handoff', 'run', '--yes']);
  expect({ code: handed.code, said: handed.stderr }).toMatchObject({ code: 0 });
  const late = await world.gate(pull);
  expect([late.code, codesOf(late)]).toEqual([0, []]);
  // Rewritten away, it closes again.
  const other = clone.git('commit-tree', '-p', 'origin/main', '-m', 'other', 'origin/main^{tree}');
  world.push(`+${other}:refs/heads/feat/a1/x`);
  expect(codesOf(await world.gate(pull))).toEqual(['phase-closed']);
});
