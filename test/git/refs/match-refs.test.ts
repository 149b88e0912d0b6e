import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { matchRefs } from '../../../src/git/refs/match-refs.ts';
import { fleetOf } from '../../support/overlap.ts';

describe('the refs that match', () => {
  it('are listed with the name git would print, missing objects and all', async () => {
    const repository = fleetOf({ f: '1\n' }, { 'a/x': { f: '2\n' }, 'b/$(id);"x': {} });
    repository.git('branch', 'origin/feat', 'main');
    repository.git('update-ref', 'refs/remotes/origin/feat', 'main');
    repository.git('symbolic-ref', 'refs/heads/feat/link', 'refs/heads/main');
    writeFileSync(join(repository.directory, '.git/refs/heads/feat/lost'), `${'e'.repeat(40)}\n`);
    writeFileSync(join(repository.directory, '.git/refs/heads/feat/broken'), 'nothing\n');
    writeFileSync(join(repository.directory, '.git/refs/heads/else'), 'nothing\n');
    const { refs, broken } = await matchRefs(repository.repo, [
      'refs/heads/feat/',
      'refs/*/origin/**',
    ]);
    expect(refs.map(({ ref, short }) => `${ref} ${short}`)).toEqual([
      'refs/heads/feat/a/x feat/a/x',
      'refs/heads/feat/b/$(id);"x feat/b/$(id);"x',
      'refs/heads/feat/lost feat/lost',
      'refs/heads/origin/feat heads/origin/feat',
      'refs/remotes/origin/feat remotes/origin/feat',
    ]);
    expect(refs[2]?.oid).toBe('e'.repeat(40));
    expect(broken).toContain('refs/heads/feat/broken');
    expect((await matchRefs(repository.repo, ['refs/heads/feat/a/*'])).broken).toEqual([]);
    expect(await matchRefs(repository.repo, ['refs/none/'])).toEqual({ refs: [], broken: [] });
  });
});
