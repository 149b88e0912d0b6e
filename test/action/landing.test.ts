import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { events } from './support/payloads.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const answer = ({ code, outputs }: ActionResult): unknown => ({
  code,
  findings: (JSON.parse(outputs['findings'] ?? '[]') as Finding[]).map(
    ({ code: found, path }) => `${found} ${path}`,
  ),
});
const text = (changed: number): string =>
  Array.from({ length: 40 }, (_, at) => `${at === changed ? 'changed' : 'line'} ${at}\n`).join('');

/** The clone, on a new branch at a commit; what it commits runs no hook. */
function at(world: World, from: string): World['clone'] {
  world.clone.git('checkout', '-q', '-f', '--detach', from);
  return world.clone;
}

describe.concurrent('the gate judges what would land', () => {
  it('19: a branch with two common ancestors that takes the base back to one of them', async () => {
    const world = await World.start({ 'services/core/core.py': text(-1), 'web/app.ts': 'app\n' });
    const one = at(world, 'main').commit('one', { 'web/app.ts': 'one\n' });
    const fix = at(world, 'main').commit('fix', { 'services/core/core.py': text(5) });
    world.clone.git('merge', '-q', '--no-ff', '--no-edit', one);
    world.push('HEAD:main');
    const pull = world.open({
      branch: 'feat/a2/two',
      from: one,
      prepare: (clone) => {
        clone.git('merge', '-q', '--no-commit', fix);
        clone.git('checkout', '-q', one, '--', 'services/core/core.py');
      },
      files: { 'web/app.ts': 'two\n' },
    });
    const expected = {
      code: 1,
      findings: ['owned-by-other services/core/core.py', 'undoes-landed services/core/core.py'],
    };
    expect(answer(await world.gate(pull))).toEqual(expected);
  });

  it('9: an edit of an own file that the base has handed over', async () => {
    const world = await World.start({ 'web/lib.ts': text(-1) });
    const before = world.clone.git('rev-parse', 'main');
    world.clone.git('checkout', '-q', '-f', 'main');
    world.clone.write('services/core/.keep');
    world.clone.git('mv', 'web/lib.ts', 'services/core/lib.ts');
    world.clone.commit('handed over');
    world.push('main');
    const pull = world.open({
      branch: 'feat/a2/edit',
      from: before,
      files: { 'web/lib.ts': text(20) },
    });
    const expected = { code: 1, findings: ['owned-by-other services/core/lib.ts'] };
    expect(answer(await world.gate(pull))).toEqual(expected);
  });

  it('35: in a merge queue, the base is what is in front', async () => {
    const world = await World.start({ 'services/core/core.py': text(-1) });
    world.open({ branch: 'feat/a1/fix', files: { 'services/core/core.py': text(5) } });
    world.open({ branch: 'feat/a2/x', files: { 'web/app.ts': 'x\n' } });
    const clone = at(world, 'main');
    clone.git('merge', '-q', '--no-ff', '-m', 'Merge pull request #1 from octo/fix', 'pull-1');
    const front = clone.git('rev-parse', 'HEAD');
    clone.git('merge', '-q', '--no-commit', '--no-ff', 'pull-2');
    clone.git('checkout', '-q', 'main', '--', 'services/core/core.py');
    clone.git('commit', '-q', '-m', 'Merge pull request #2 from octo/x');
    const head = clone.git('rev-parse', 'HEAD');
    world.push(`${front}:refs/heads/queue/1`, `${head}:refs/heads/queue/2`);
    const result = await world.run({
      event: 'merge_group',
      payload: events.mergeGroup(front, head, 2),
    });
    const expected = {
      code: 1,
      findings: ['owned-by-other services/core/core.py', 'undoes-landed services/core/core.py'],
    };
    expect(answer(result)).toEqual(expected);
  });
});
