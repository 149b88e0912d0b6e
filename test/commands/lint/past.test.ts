import { beforeAll, describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/commands/check.ts';
import { runLint } from '../../../src/commands/lint.ts';
import { runOwner } from '../../../src/commands/owner.ts';
import { hostIn } from '../../support/host.ts';
import { TestRepository } from '../../support/repository.ts';

const POLICY = `version: 1
agents:
  a1: { owns: ['api/**'] }
  a2: { owns: ['web/**'] }
derived: { lockfile: { paths: ['lock'], when: ['**/manifest'] } }
`;

let repository: TestRepository;
let at = 0;
const change = (...paths: string[]): string =>
  repository.commit(
    `change ${paths.join()}`,
    Object.fromEntries(paths.map((path) => [path, `${(at += 1)}`])),
  );

beforeAll(() => {
  repository = TestRepository.create();
  change('web/x', 'docs/x');
  change('api/a');
  change('api/a', 'api/b');
  change('api/manifest', 'lock');
  change('web/a', 'web/b', 'api/shared/one');
  change('web/b', 'web/c', 'web/d', 'api/shared/one', 'api/shared/two');
  change('web/b', 'web/c', 'web/d', 'api/shared/one', 'api/shared/two');
  change('web/a', '.github/x.yml');
  repository.commit('the policy', { 'ownership.yml': POLICY });
});

/** What is printed is wrapped for people. */
const words = (text: string): string => text.replace(/\s+/g, ' ');

describe('a policy judges the past', () => {
  it('each commit as the agent that fits it best', async () => {
    const { data, verdict } = await runLint(hostIn(repository), { history: 8 });
    expect(verdict).toBe('allowed');
    expect(data.history).toEqual({
      commits: 8,
      allowed: 3,
      people: 2,
      paths: [
        { path: 'api/shared/one', commits: 3 },
        { path: 'api/shared/two', commits: 2 },
      ],
      gain: { glob: 'api/shared/**', commits: 3 },
    });
  });

  it('and the one change it names gains what it says', async () => {
    const shared = `shared: { both: { paths: ['api/shared/**'], agents: [a1, a2], lock: required } }\n`;
    repository.write('draft.yml', POLICY + shared);
    const { data } = await runLint(hostIn(repository), { file: 'draft.yml', history: 8 });
    expect(data.history).toMatchObject({ allowed: 6, paths: [], gain: null });
  });

  it('in words, and not unless it is asked', async () => {
    const outcome = repository.bailiwick(['lint', '--history', '8']);
    expect(words(outcome.stdout)).toContain(
      'Of the last 8 commits, 38 % could have been made by one agent',
    );
    expect(words(outcome.stdout)).toContain(
      "To let 3 more commits through, list 'api/shared/**' under shared",
    );
    expect((await runLint(hostIn(repository), {})).data).not.toHaveProperty('history');
    expect(repository.bailiwick(['lint', '--history', 'all']).code).toBe(2);
  });
});

describe('a draft is asked with --policy', () => {
  it('whose a path would be, while the policy in force stays what it is', async () => {
    repository.write('draft.yml', "version: 1\nagents: { b1: { owns: ['api/**'] } }\n");
    const ask = async (policy?: string): Promise<unknown> =>
      (await runOwner(hostIn(repository), { paths: ['api/a'], policy })).data.paths[0]!.owners;
    expect([await ask('draft.yml'), await ask()]).toEqual([['b1'], ['a1']]);
  });

  it('what would be refused, and says that it is not in force', async () => {
    const report = await runCheck(hostIn(repository), {
      target: { kind: 'paths', paths: ['web/a'] },
      agent: 'b1',
      policy: 'draft.yml',
    });
    expect(report.findings.map(({ code }) => code)).toEqual(['unowned']);
    expect(report.data.notices).toEqual(['this is what draft.yml would say; it is not in force']);
    expect(report.policy).toEqual({ ref: 'draft.yml', oid: null });
  });

  it.each([
    ['gone.yml', /there is no gone\.yml/],
    ['broken.yml', /broken\.yml:1:1: /],
  ])('and %s cannot answer', async (policy, words) => {
    repository.write('broken.yml', 'agents: {}\n');
    await expect(runOwner(hostIn(repository), { paths: ['a'], policy })).rejects.toThrow(words);
    expect(repository.bailiwick(['owner', 'a', '--policy', policy]).code).toBe(2);
  });

  it('lint takes it by either name', () => {
    expect(repository.bailiwick(['lint', '--policy', 'draft.yml']).stdout).toContain('draft.yml');
  });
});
