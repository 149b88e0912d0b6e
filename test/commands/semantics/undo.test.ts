import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/commands/check.ts';
import { hostIn } from '../../support/host.ts';
import { commitTo, fleetOf, type Files, forget, look } from '../../support/overlap.ts';
import type { TestRepository } from '../../support/repository.ts';

const POLICY = `version: 1
base: main
identify: { branches: ['feat/{agent}/{topic}'] }
unowned: allow
agents: { a1: { owns: ['a/**'] } }
pull_requests: { commits: { subject: 20 } }
`;
const files = (text: string): Files =>
  Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`a/${at}`, `${at} ${text}\n`]));

describe('a branch that takes back what has landed', () => {
  let repository: TestRepository;
  beforeAll(() => {
    repository = fleetOf({ 'ownership.yml': POLICY, ...files('old') }, {});
    commitTo(repository, 'topic', files('new'), 'main');
    repository.git('switch', '-q', '-f', 'main');
    repository.git('merge', '-q', '--no-ff', '-m', 'Land the topic', 'topic');
    // A stale tree, squashed over the tip.
    commitTo(repository, 'feat/a1/stale', { ...files('old'), 'a/more': '1\n' }, 'main');
    commitTo(repository, 'feat/a1/one', { 'a/3': '3 old\n', 'a/more': '1\n' }, 'main');
    // Begun before the landing, and bringing nothing of the old state.
    commitTo(repository, 'feat/a1/other', { 'a/other': '1\n' }, 'main~1');
    repository.git('switch', '-q', '-c', 'feat/a1/meant');
    repository.git('revert', '--no-edit', '-m', '1', 'HEAD');
  });

  it('is named in the fleet with what it undoes; one that says that it reverts is not', async () => {
    const options = { refs: [], base: null };
    const cold = await look(repository, options);
    const said = cold.findings.filter(({ code }) => code === 'undoes-landed');
    const landing = repository.git('rev-parse', '--short=10', 'main');
    expect(said.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      `warning: feat/a1/stale puts 12 of 13 files back to what it was before ${landing} 'Land the topic', without saying that it reverts`,
      `notice: feat/a1/one puts 1 of 2 files back to what it was before ${landing} 'Land the topic', without saying that it reverts`,
    ]);
    expect((await look(repository, options)).findings).toEqual(cold.findings);
  });

  it('is named once more what an earlier run could not read is here, and after a branch has moved', async () => {
    const options = { refs: ['refs/heads/feat/a1/stale', 'refs/heads/feat/a1/one'], base: 'main' };
    const undone = async (): Promise<string[]> =>
      (await look(repository, options)).findings.flatMap(({ code, message }) =>
        code === 'undoes-landed' ? message.split(' back ')[0]! : [],
      );
    const all = ['feat/a1/stale puts 12 of 13 files', 'feat/a1/one puts 1 of 2 files'];
    const tree = repository.git('rev-parse', 'main~1:a');
    const path = join(repository.directory, '.git/objects', tree.slice(0, 2), tree.slice(2));
    forget(repository);
    renameSync(path, `${path}.away`);
    expect(await undone()).toEqual([]);
    renameSync(`${path}.away`, path);
    expect(await undone()).toEqual(all);
    commitTo(repository, 'feat/a1/stale', { 'a/more': '2\n' });
    expect(await undone()).toEqual(all);
    commitTo(repository, 'feat/a1/one', { 'a/3': '3 new\n' });
    expect(await undone()).toEqual(all.slice(0, 1));
  });

  it('is named where it is judged, together with the form of its commits', async () => {
    const check = async (ref: string): Promise<string[]> => {
      const target = { kind: 'branch', ref } as const;
      const { findings } = await runCheck(hostIn(repository), { target });
      return findings.map(({ code, severity }) => `${code} ${severity}`);
    };
    expect(await check('feat/a1/stale')).toEqual(['undoes-landed warning']);
    expect(await check('feat/a1/meant')).toEqual([]);
    repository.git('commit', '-q', '--allow-empty', '-m', 'one more thing that is too long');
    expect(await check('feat/a1/meant')).toEqual(['pull-request-form error']);
  });
});
