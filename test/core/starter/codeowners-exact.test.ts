import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOwnership } from '../../../src/core/policy/parse.ts';
import type { CodeownersDialect } from '../../../src/core/starter/codeowners-line.ts';
import { codeownersStarter } from '../../../src/core/starter/codeowners-starter.ts';
import { renderStarter } from '../../../src/core/starter/render.ts';
import type { Ownership } from '../../../src/domain/ownership.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import { parseBranchName } from '../../../src/domain/refs.ts';
import { githubOwners, gitlabOwners, policyAccounts } from './codeowners-oracle.ts';

const AROUND = {
  base: parseBranchName('main')!,
  schema: './schema/ownership.schema.json',
  lockfiles: [],
  frozen: [],
};

function policyOf(text: string, paths: readonly string[], dialect: CodeownersDialect): Ownership {
  const starter = codeownersStarter(text, paths as RepoPath[], dialect);
  const parsed = parseOwnership(renderStarter(starter, AROUND));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error, null, 1));
  return parsed.value;
}

const ORACLES = { github: githubOwners, gitlab: gitlabOwners };

/** Counts files whose accounts are the same in both readings; nobody may ever get more. */
function compareFiles(
  text: string,
  paths: readonly string[],
  dialect: CodeownersDialect,
): { same: number; all: number } {
  const policy = policyOf(text, paths, dialect);
  let same = 0;
  for (const path of paths) {
    const allowed = ORACLES[dialect](text, path);
    const given = policyAccounts(policy, path);
    expect({ text, path, allowed }).toEqual({
      text,
      path,
      allowed: expect.arrayContaining(given) as string[],
    });
    if (given.join() === allowed.join()) same += 1;
  }
  return { same, all: paths.length };
}

const path = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'b', 'c', 'docs', 'x.y'), { maxLength: 4 }),
    fc.constantFrom('f.md', 'g.ts', 'Makefile', 'docs', '.hidden'),
  )
  .map(([folders, file]) => [...folders, file].join('/'));
/** A tree has no file where it has a directory. */
const tree = fc
  .uniqueArray(path, { minLength: 12, maxLength: 40 })
  .map((paths) => paths.filter((one) => !paths.some((other) => other.startsWith(`${one}/`))));
const pattern = fc.oneof(
  fc.constantFrom('*', '*.md', '/*', '/a/*', 'docs/', 'docs', '/docs', '**/b', 'a/**/c/', '/a/**'),
  fc.constantFrom('/a/', '/a/b/', '/a/b/c/', 'b/', '/b/*.ts', 'c/docs/', 'Makefile', '/.hidden'),
  path.map((each) => `/${each}`),
);
const owners = fc.subarray(['@x', '@Y', '@z', '@y', 'dev@example.com']);
const rule = fc.tuple(pattern, owners).map(([left, right]) => [left, ...right].join(' '));

describe('a policy from CODEOWNERS, file by file against another reading', () => {
  it('of GitHub', () => {
    const total = { same: 0, all: 0 };
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 8 }), tree, (rules, paths) => {
        const { same, all } = compareFiles(rules.join('\n'), paths, 'github');
        total.same += same;
        total.all += all;
      }),
      { seed: 41, numRuns: 300 },
    );
    // What is left out lies in parts of several owners that later rules cut into without end.
    expect(total.same / total.all).toBeGreaterThan(0.995);
  });

  it('of GitLab, with sections', () => {
    const line = fc.oneof(
      { weight: 5, arbitrary: rule },
      { weight: 1, arbitrary: pattern.map((each) => `!${each}`) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom('[One]', '[one][2]', '[Two]', '^[May be]'), owners)
          .map(([name, defaults]) => [name, ...defaults].join(' ')),
      },
    );
    const total = { same: 0, all: 0 };
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 9 }), tree, (lines, paths) => {
        const { same, all } = compareFiles(lines.join('\n'), paths, 'gitlab');
        total.same += same;
        total.all += all;
      }),
      { seed: 42, numRuns: 300 },
    );
    expect(total.same / total.all).toBeGreaterThan(0.98);
  });

  it.each([
    ['what one owns', '* @org/core', ''],
    ['a part of several below it', '* @org/core @org/web', '@e @f'],
  ])(
    'where too many files are left to be named, %s does not get the rest',
    (_what, first, last) => {
      const text = `${first}\n/in/ @b @s\n**/test/ ${last}`;
      const places = Array.from({ length: 300 }, (_, at) => `in/d${at}`);
      const paths = places.flatMap((place) => [`${place}/a.ts`, `${place}/test/x.ts`]);
      const { same, all } = compareFiles(text, [...paths, 'main.ts'], 'github');
      expect(same).toBeLessThan(all);
    },
  );

  it('of a file as large projects have them', () => {
    const names = Array.from({ length: 300 }, (_, at) => `part${at}`);
    const text = [
      '* @org/core',
      '*.md @org/docs',
      ...names.map((name, at) => `/src/${name}/ @user${at % 70} @user${(at + 1) % 70}`),
      ...names.map((name, at) => `/src/${name}/api/ @user${at % 70}`),
      ...names.map((name, at) => `/test/${name}/ @user${at % 70}`),
      '/src/part7/api/public/ @org/api @org/core',
      '/src/part8/api/public/',
    ].join('\n');
    const paths = names.flatMap((name) => [
      `src/${name}/main.ts`,
      `src/${name}/README.md`,
      `src/${name}/api/index.ts`,
      `src/${name}/api/public/index.ts`,
      `test/${name}/main.test.ts`,
    ]);
    const { same, all } = compareFiles(text, [...paths, 'README.md', 'main.ts'], 'github');
    expect(same).toBe(all);
  });
});
