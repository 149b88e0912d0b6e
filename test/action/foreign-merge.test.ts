import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { POLICY } from '../support/policy.ts';
import { packageRoot, TestRepository } from '../support/repository.ts';
import { events } from './support/payloads.ts';
import { type ActionResult, useAction, World } from './support/world.ts';

useAction();

const answer = ({ code, outputs }: ActionResult): unknown => ({
  code,
  findings: (JSON.parse(outputs['findings'] ?? '[]') as Finding[]).map(
    ({ code: found, severity }) => `${severity} ${found}`,
  ),
});
const CORE = 'services/core/core.py';
const API = 'services/api/api.py';

/** a2 has an open branch; what a1's pull request is made of comes after it. */
async function fleet(policy = POLICY): Promise<World> {
  const world = await World.start({ 'ownership.yml': policy, [CORE]: 'core\n', [API]: 'api\n' });
  world.open({ branch: 'feat/a2/api', files: { [API]: 'theirs\n' } });
  return world;
}

/** The remedy of the summary, run in a clone of the reader's own; gives what the branch then changes. */
function follow(world: World, { summary }: ActionResult): string[] {
  const command = /^(git (?:restore|switch|rebase|reset) .*)$/m.exec(summary)?.[1] ?? 'false';
  const reader = new TestRepository(`${world.home}/reader`, world.home);
  world.clone.git('clone', '-q', '../octo/app.git', '../reader');
  // As it is called where it is installed for all repositories.
  const program = `#!/bin/sh\nexec '${process.execPath}' '${packageRoot}/dist/cli.js' "$@"\n`;
  reader.write('../bin/bailiwick', program, 0o755);
  const environment = {
    GIT_EDITOR: 'false',
    PATH: `${world.home}/bin:${process.env['PATH'] ?? ''}`,
  };
  const done = reader.run('sh', ['-c', command], { environment });
  expect({ command, code: done.code }).toEqual({ command, code: 0 });
  reader.git('push', '-q', '--force', 'origin', 'feat/a1/x:refs/pull/2/head', 'feat/a1/x');
  return reader.git('diff', '--name-only', 'origin/main...feat/a1/x').split('\n').filter(Boolean);
}

describe.concurrent('what a branch changes of another', () => {
  it.each([
    ['changed', { [CORE]: 'mine\n', [API]: 'mine\n' }],
    ['added', { [CORE]: 'mine\n', 'services/api/new file.py': 'mine\n' }],
  ])('is put back by the command that the gate prints: %s', async (_what, files) => {
    const world = await fleet();
    const pull = world.open({ branch: 'feat/a1/x', files });
    const result = await world.gate(pull);
    expect(answer(result)).toEqual({ code: 1, findings: ['error owned-by-other'] });
    expect(follow(world, result)).toEqual([CORE]);
    const sha = world.origin.git('rev-parse', 'feat/a1/x');
    const better = { ...pull, head: { ...(pull['head'] as object), sha } };
    expect(answer(await world.gate(better))).toEqual({ code: 0, findings: [] });
  });
});

describe.concurrent('21: commits of another agent that came along', () => {
  it('by a merge are said by history, though their content was taken back; the remedy takes them out', async () => {
    const world = await fleet();
    const pull = world.open({
      branch: 'feat/a1/x',
      files: { [CORE]: 'mine\n' },
      prepare: (clone) => {
        clone.git('merge', '-q', '--no-ff', '--no-edit', 'pull-1');
        clone.git('checkout', '-q', 'origin/main', '--', API);
        clone.git('commit', '-q', '-m', 'taken back');
      },
    });
    // The other goes on, so that what came along is not the tip of its branch any more.
    world.clone.git('checkout', '-q', '-f', 'pull-1');
    const on = world.clone.commit('on', { [API]: 'on\n' });
    world.push(`${on}:refs/heads/feat/a2/api`);
    const result = await world.gate(pull);
    expect(answer(result)).toEqual({
      code: 1,
      findings: ['error foreign-merge', 'error owned-by-other'],
    });
    expect(follow(world, result)).toEqual([CORE]);
    const better = {
      ...pull,
      head: { ...(pull['head'] as object), sha: world.origin.git('rev-parse', 'feat/a1/x') },
    };
    expect(answer(await world.gate(better))).toEqual({ code: 0, findings: [] });
  });

  it('are waited for where the agent comes after the other, and then not blamed on it', async () => {
    const world = await fleet(POLICY.replace(/( {2}a1:\n)/, '$1    after: [a2]\n'));
    const stacked = world.open({
      branch: 'feat/a1/x',
      from: 'pull-1',
      files: { [CORE]: 'mine\n' },
    });
    const result = await world.gate(stacked);
    expect(answer(result)).toEqual({ code: 0, findings: ['notice foreign-merge'] });
    expect(result.summary).toContain('waits for');
  });

  it('without a merge are judged by what they change: nobody can tell who built on whom', async () => {
    const world = await fleet();
    const stacked = world.open({
      branch: 'feat/a1/x',
      from: 'pull-1',
      files: { [CORE]: 'mine\n' },
    });
    expect(answer(await world.gate(stacked))).toEqual({
      code: 1,
      findings: ['error owned-by-other', 'warning foreign-merge'],
    });
  });

  it('are said of a member of a merge group, too', async () => {
    const world = await fleet();
    world.open({
      branch: 'feat/a1/x',
      files: { [CORE]: 'mine\n' },
      prepare: (clone) => clone.git('merge', '-q', '--no-ff', '--no-edit', 'pull-1'),
    });
    world.clone.git('checkout', '-q', '-f', '--detach', 'origin/main');
    world.clone.git('merge', '-q', '--no-ff', '-m', 'Merge pull request #2 from octo/x', 'pull-2');
    const [base, head] = world.clone.git('rev-parse', 'origin/main', 'HEAD').split('\n');
    world.push(`${head}:refs/heads/gh-readonly-queue/main/pr-2-0`);
    const payload = events.mergeGroup(base!, head!, 2);
    expect(answer(await world.run({ event: 'merge_group', payload }))).toEqual({
      code: 1,
      findings: ['error foreign-merge'],
    });
  });
});
