import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codesIn, guardedRepository } from '../support/guarded.ts';
import type { TestRepository } from '../support/repository.ts';

const own = 'services/core';

/** Links by their path; what starts with `file:` is a file, and null takes away what is there. */
type Links = Record<string, string | null>;

/** What the commit hook says of links of a1, after others that are there already. */
function commitLinks(
  links: Links,
  before: Links = {},
): { code: number; codes: string[]; words: string; repository: TestRepository } {
  const repository = guardedRepository();
  const link = (all: Links): void => {
    for (const [path, target] of Object.entries(all)) {
      const place = join(repository.directory, path);
      rmSync(place, { recursive: true, force: true });
      mkdirSync(dirname(place), { recursive: true });
      if (target?.startsWith('file:')) repository.write(path, target.slice(5));
      else if (target !== null) symlinkSync(target, place);
    }
  };
  link(before);
  repository.commit('before');
  repository.git('switch', '-q', '-c', 'feat/a1/x');
  link(links);
  repository.git('add', '-A');
  const outcome = repository.tryGit('commit', '-q', '-m', 'links');
  return { code: outcome.code, codes: codesIn(outcome), words: outcome.stderr, repository };
}

describe('13: the text of a link is what every system reads', () => {
  it.each<[what: string, text: Buffer | string, words: RegExp]>([
    [
      'ends at a NUL, for the system',
      '../api/api.py\0/../../core/core.py',
      /holds control characters/,
    ],
    ['is empty, which no checkout can make', '', /is empty/],
    ['has a line break', 'core.py\n', /holds control characters/],
    ['is not UTF-8', Buffer.from([0x63, 0xff]), /is not UTF-8/],
    ['is longer than a path', 'x/'.repeat(600), /is longer than 1,024 bytes/],
    ['is longer than anything that is read', 'x'.repeat(5000), /could not be read/],
  ])('refused: it %s', (_what, text, words) => {
    const repository = guardedRepository();
    repository.git('switch', '-q', '-c', 'feat/a1/x');
    const { stdout } = repository.run('git', ['hash-object', '-w', '--stdin'], { input: text });
    repository.git('update-index', '--add', '--cacheinfo', `120000,${stdout.trim()},${own}/l`);
    const outcome = repository.tryGit('commit', '-q', '-m', 'link');
    expect([outcome.code, codesIn(outcome)]).toEqual([1, ['unsafe-path']]);
    expect(outcome.stderr).toMatch(words);
  });

  it('refused: through an older one that ends at a NUL', () => {
    const repository = guardedRepository();
    const older = repository.run('git', ['hash-object', '-w', '--stdin'], {
      input: '../api\0/../core',
    });
    repository.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `120000,${older.stdout.trim()},${own}/old`,
    );
    repository.git('commit', '-q', '--no-verify', '-m', 'older');
    repository.git('switch', '-q', '-c', 'feat/a1/x');
    const link = repository.run('git', ['hash-object', '-w', '--stdin'], { input: 'old/core.py' });
    repository.git('update-index', '--add', '--cacheinfo', `120000,${link.stdout.trim()},${own}/l`);
    const outcome = repository.tryGit('commit', '-q', '-m', 'link');
    expect([outcome.code, codesIn(outcome)]).toEqual([1, ['unsafe-path']]);
  });
});

describe('13: a link leads where all links on the way lead', () => {
  const allowed: Record<string, [links: Links, before?: Links]> = {
    'to an own file': [{ [`${own}/l`]: 'core.py' }],
    'through an own link to an own file': [{ [`${own}/d`]: 'deep', [`${own}/l`]: 'd/er.py' }],
    'to what is not there': [{ [`${own}/l`]: 'build/out' }],
    'on the way of an older link, which stays in the part': [
      { [`${own}/mid`]: 'deep' },
      { [`${own}/l`]: 'mid/er.py' },
    ],
    'on the way of a link of another, who chose it so': [
      { [`${own}/mid`]: '.' },
      { 'services/api/l': '../core/mid/../api/api.py' },
    ],
  };
  it.each(Object.entries(allowed))('allowed: %s', (_what, [links, before]) => {
    expect(commitLinks(links, before)).toMatchObject({ code: 0 });
  });

  const refused: Record<string, [links: Links, before: Links, words: RegExp]> = {
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
    'through a link of another case, on a system that ignores it': [
      { [`${own}/p/q/leak`]: 'up/../api/api.py', [`${own}/p/q/UP`]: '../..' },
      {},
      /leads to services\/api\/api\.py/,
    ],
    'through one of another case that was there before': [
      { [`${own}/p/q/leak`]: 'e\u0301/../api/api.py' },
      { [`${own}/p/q/É`]: '../..' },
      /leads to services\/api\/api\.py/,
    ],
    'by names that are parted as on Windows': [
      { [`${own}/leak`]: '..\\api\\api.py' },
      {},
      /leads to services\/api\/api\.py/,
    ],
    'to a drive': [{ [`${own}/leak`]: 'C:x' }, {}, /leaves the repository: C:x/],
    'to what is forbidden to the agent': [
      { [`${own}/leak`]: 'secrets/key' },
      {},
      /leads to services\/core\/secrets\/key/,
    ],
    'nowhere itself, and an older link then leads out': [
      { [`${own}/mid`]: '.' },
      { [`${own}/a`]: 'mid/../api/api.py', [`${own}/api/api.py`]: 'file:own' },
      /the link services\/core\/a leaves the part of a1: it leads to services\/api\/api\.py/,
    ],
    'nowhere itself, and a chain of older links then leads out': [
      { [`${own}/r/mid`]: '..' },
      { [`${own}/a`]: 'b/api.py', [`${own}/b`]: 'r/mid/../api', [`${own}/r/api/x`]: 'file:x' },
      /leads to services\/api/,
    ],
    'to the top': [{ [`${own}/p/q/up`]: '../..', [`${own}/top`]: 'p/q/up/../..' }, {}, /leaves/],
  };
  it.each(Object.entries(refused))('refused: %s', (_what, [links, before, words]) => {
    const { code, codes, words: said } = commitLinks(links, before);
    expect({ code, codes }).toEqual({ code: 1, codes: ['unsafe-path'] });
    expect(said.replace(/\s+/g, ' ')).toMatch(words);
  });

  it('refused: a link taken away, so that another leads out; the command puts it back', () => {
    const { code, codes, words, repository } = commitLinks(
      { [`${own}/mid`]: null },
      { [`${own}/a`]: 'mid/../../api/api.py', [`${own}/mid`]: 'r/s', [`${own}/r/s/f`]: 'file:x' },
    );
    expect({ code, codes }).toEqual({ code: 1, codes: ['unsafe-path'] });
    expect(words.replace(/\s+/g, ' ')).toContain('the link services/core/a leaves the part of a1');
    const command = /^ {2}(git .*)$/m.exec(words)?.[1] ?? 'false';
    expect(repository.run('sh', ['-c', command]).code).toBe(0);
    expect(repository.git('diff', '--cached', '--name-only')).toBe('');
  });
});
