import { describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';

const MEMORY = '.git/bailiwick/policy.json';
const FOUND = '.git/bailiwick/policy-found.json';
const LEAVE = "version: 1\nagents:\n  a1: { owns: ['**'] }\n";

describe('the policy that hooks remember', () => {
  const repository = guardedRepository();
  repository.git('switch', '-q', '-c', 'feat/a1/work');
  repository.write('web/app.ts', 'changed\n');
  repository.git('add', 'web/app.ts');
  const attempt = () => repository.run('git', ['commit', '-q', '-m', 'work']);
  const refused = () => expect(codesIn(attempt())).toEqual(['owned-by-other']);

  it('is written by a commit, and gives the next the same answer', () => {
    const cold = attempt();
    expect(codesIn(cold)).toEqual(['owned-by-other']);
    expect(repository.read(MEMORY)).toMatch(/^[0-9a-f]{40}\n\{/);
    expect(attempt()).toEqual(cold);
  });

  it('is found by what every ref named that it was looked for at', () => {
    const [first] = repository.read(FOUND).split('\n');
    const main = repository.git('rev-parse', 'main').trim();
    expect(JSON.parse(first!)).toMatchObject({
      tips: expect.arrayContaining([
        ['refs/remotes/origin/main', null],
        ['refs/heads/main', main],
      ]) as unknown,
      base: { ref: 'refs/heads/main', commit: main },
    });
    // What no longer is what was written is found anew, and written anew.
    repository.git('pack-refs', '--all');
    refused();
    repository.git('update-ref', 'refs/remotes/origin/main', 'main');
    refused();
    expect(repository.read(FOUND)).toContain(`["refs/remotes/origin/main","${main}"]`);
    repository.git('config', 'bailiwick.remote', 'upstream');
    refused();
    expect(repository.read(FOUND)).toContain('["refs/remotes/upstream/main",null]');
    repository.git('config', '--unset', 'bailiwick.remote');
    repository.git('update-ref', '-d', 'refs/remotes/origin/main');
    refused();
  });

  it.each([
    ['nothing', () => ''],
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
    ['what another program wrote', (text: string) => text.replace('"format":', '"format":9')],
    ['another policy', (text: string) => text.replace(/^[0-9a-f]{4}/, '0000')],
    ['no text', () => '\0\xff'],
  ])('is read again where %s is remembered', (_what, spoil) => {
    for (const file of [MEMORY, FOUND]) {
      repository.write(file, spoil(repository.read(file)));
      refused();
    }
  });

  it('is no longer used when the base has another', () => {
    refused();
    repository.git('stash', '-q');
    repository.git('switch', '-q', 'main');
    repository.write('ownership.yml', LEAVE);
    repository.git('add', 'ownership.yml');
    repository.git('commit', '-q', '--no-verify', '-m', 'all to one');
    repository.git('switch', '-q', 'feat/a1/work');
    repository.git('stash', 'pop', '-q', '--index');
    expect(attempt().code).toBe(0);
  });
});
