import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';

const own = 'services/core';

/** What the commit hook says of links of a1, after others that are there already. */
function commitLinks(
  links: Record<string, string>,
  before: Record<string, string> = {},
): { code: number; codes: string[]; words: string } {
  const repository = guardedRepository();
  const link = (all: Record<string, string>): void => {
    for (const [path, target] of Object.entries(all)) {
      mkdirSync(dirname(join(repository.directory, path)), { recursive: true });
      symlinkSync(target, join(repository.directory, path));
    }
  };
  link(before);
  repository.commit('before');
  repository.git('switch', '-q', '-c', 'feat/a1/x');
  link(links);
  repository.git('add', '-A');
  const outcome = repository.tryGit('commit', '-q', '-m', 'links');
  return { code: outcome.code, codes: codesIn(outcome), words: outcome.stderr };
}

describe('13: a link leads where all links on the way lead', () => {
  const allowed: Record<string, [links: Record<string, string>, before?: Record<string, string>]> =
    {
      'to an own file': [{ [`${own}/l`]: 'core.py' }],
      'through an own link to an own file': [{ [`${own}/d`]: 'deep', [`${own}/l`]: 'd/er.py' }],
      'to what is not there': [{ [`${own}/l`]: 'build/out' }],
    };
  it.each(Object.entries(allowed))('allowed: %s', (_what, [links, before]) => {
    expect(commitLinks(links, before)).toMatchObject({ code: 0 });
  });

  const refused: Record<
    string,
    [links: Record<string, string>, before: Record<string, string>, words: RegExp]
  > = {
    'through a new link, and up from there': [
      { [`${own}/p/q/up`]: '../..', [`${own}/p/q/leak`]: 'up/../api/api.py' },
      {},
      /leads to services\/api\/api\.py/,
    ],
    'through one that was there before': [
      { [`${own}/leak`]: 'p/q/up/../api/api.py' },
      { [`${own}/p/q/up`]: '../..' },
      /leads to services\/api\/api\.py/,
    ],
    'out of the repository': [
      { [`${own}/p/q/up`]: '../..', [`${own}/p/q/out`]: 'up/../../../elsewhere' },
      {},
      /leaves the repository/,
    ],
    'through a link of another, and back': [
      { [`${own}/leak`]: '../api/back/core.py' },
      { 'services/api/back': '../core' },
      /leads through services\/api/,
    ],
    'through a link that is absolute': [
      { [`${own}/leak`]: 'abs/passwd' },
      { [`${own}/abs`]: '/etc' },
      /leaves the repository through others/,
    ],
    'to itself': [{ [`${own}/a`]: 'b', [`${own}/b`]: 'a' }, {}, /too many others/],
    'to the top': [{ [`${own}/p/q/up`]: '../..', [`${own}/top`]: 'p/q/up/../..' }, {}, /leaves/],
  };
  it.each(Object.entries(refused))('refused: %s', (_what, [links, before, words]) => {
    const { code, codes, words: said } = commitLinks(links, before);
    expect({ code, codes }).toEqual({ code: 1, codes: ['unsafe-path'] });
    expect(said.replace(/\s+/g, ' ')).toMatch(words);
  });
});
