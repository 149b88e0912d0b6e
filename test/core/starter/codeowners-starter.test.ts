import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOwnership } from '../../../src/core/policy/parse.ts';
import { codeownersStarter } from '../../../src/core/starter/codeowners-starter.ts';
import { renderStarter } from '../../../src/core/starter/render.ts';
import type { Glob, Ownership } from '../../../src/domain/ownership.ts';
import type { RepoPath } from '../../../src/domain/path.ts';
import { parseBranchName } from '../../../src/domain/refs.ts';

const AROUND = {
  base: parseBranchName('main')!,
  schema: './node_modules/bailiwick/schema/ownership.schema.json',
  lockfiles: [],
  frozen: [],
};

const read = (text: string, paths: readonly string[] = []): Ownership => {
  const starter = codeownersStarter(text, paths as RepoPath[]);
  const parsed = parseOwnership(renderStarter(starter, AROUND));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error, null, 1));
  return parsed.value;
};

/** The ids that may change a path, by the layers of `docs/ownership.md`: reserved, shared, then owned. */
function owners(policy: Ownership, path: string): string[] {
  const hits = (globs: readonly Glob[]): boolean =>
    globs.some((glob) => glob.matches(path as RepoPath));
  for (const parts of [policy.reserved, policy.shared]) {
    const part = parts.filter(({ paths }) => hits(paths));
    if (part.length > 0) return part.flatMap(({ agents }) => agents).sort();
  }
  return [...policy.agents.values()]
    .filter(({ owns, except }) => hits(owns) && !hits(except))
    .map(({ id }) => id);
}

describe('codeownersStarter', () => {
  it.each<[what: string, text: string, expected: Record<string, string[]>]>([
    [
      'the last match wins',
      '* @core\n/docs/ @docs # comment\n*.md @md\n',
      { 'a.ts': ['core'], 'docs/a.ts': ['docs'], 'docs/a.md': ['md'], 'x/a.md': ['md'] },
    ],
    [
      'a rule without owners makes paths unowned',
      '* @core\n/gen/\n',
      { 'a.ts': ['core'], 'gen/a': [] },
    ],
    ['several owners share', '/docs/ @a @b\n', { 'docs/x': ['a', 'b'] }],
    [
      'a rule of the owner inside the hole another made',
      '* @core\n/docs/ @docs\n/docs/api/ @core\n',
      { x: ['core'], 'docs/x': ['docs'], 'docs/api/x': ['core'] },
    ],
    [
      'several owners, cut into by a later rule, share the rest',
      '* @a @b\n/x/ @c\n',
      { y: ['a', 'b'], 'x/y': ['c'] },
    ],
    [
      'several owners, cut into again and again',
      '* @a @b\n/x/ @c @d\n/x/y/ @a\n/x/y/z/ @e\n',
      { y: ['a', 'b'], 'x/q': ['c', 'd'], 'x/y/q': ['a'], 'x/y/z/q': ['e'] },
    ],
    [
      'a pattern that can meet nothing of a part leaves it alone',
      'apps/api/ @ann @bob\napps/web/ @cy\ndeployments/ @dee\n',
      { 'apps/api/a': ['ann', 'bob'], 'apps/web/b': ['cy'], 'deployments/c': ['dee'] },
    ],
    [
      'an account has no case',
      '/a/ @Octo-Cat\n/b/ @octo-cat\n/c/ @OCTO-CAT @other\n',
      { 'a/1': ['octo-cat'], 'b/1': ['octo-cat'], 'c/1': ['octo-cat', 'other'] },
    ],
    ['the same owner twice is one', '/x/ @a @a\n', { 'x/y': ['a'] }],
    [
      'lines GitHub skips do not count',
      '/x/ @a\n!/x/y @b\n/x/[ab] @b\n/x/z nobody\n',
      { 'x/y': ['a'], 'x/z': ['a'] },
    ],
    [
      'addresses and teams',
      '/x/ dev@example.com\n/y/ @org/Web_Team\n',
      { 'x/a': ['dev'], 'y/a': ['web-team'] },
    ],
    [
      'ids stay apart',
      '/x/ @org/web\n/y/ @web\n/z/ @main\n',
      { 'x/a': ['web'], 'y/a': ['web-2'], 'z/a': ['agent-main'] },
    ],
    ['an empty file', '\n# nothing\n', { x: [] }],
  ])('%s', (_what, text, expected) => {
    const policy = read(text, Object.keys(expected));
    for (const [path, ids] of Object.entries(expected))
      expect([path, owners(policy, path)]).toEqual([path, ids]);
  });

  it('keeps the name in CODEOWNERS as title, and as an alias where a branch can carry it', () => {
    const agent = [...read('/x/ @org/Web_Team\n').agents.values()][0]!;
    expect([agent.title, agent.aliases]).toEqual(['@org/Web_Team', ['Web_Team']]);
  });

  it('says which lines it left out, and why', () => {
    const { remarks } = codeownersStarter('* @a @b\n!x @c\n/y/ @c\n[Docs] @d\n', []);
    expect(remarks).toMatchInlineSnapshot(`
      [
        "Proposed from CODEOWNERS, where the last match wins; here the order means nothing.",
        "Line 2 is left out: GitHub has no \`!\` and skips this line.",
        "Line 4 is left out: sections are of GitLab; GitHub skips this line.",
      ]
    `);
  });
});

/** A slow, independent reading of the patterns used below. */
function matches(pattern: string, path: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*.')) return path.endsWith(pattern.slice(1));
  if (pattern.endsWith('/*')) return path.replace(/[^/]*$/, '') === pattern.slice(1, -1);
  if (pattern.startsWith('/')) return path.startsWith(pattern.slice(1));
  return `/${path}`.includes(`/${pattern}`);
}

describe('any CODEOWNERS file', () => {
  const pattern = fc.constantFrom(
    '*',
    '*.md',
    '/a/',
    '/b/',
    '/a/b/',
    'b/',
    '/a/*',
    '/a/b/c/',
    'c/',
  );
  const rule = fc.tuple(pattern, fc.subarray(['@x', '@y', '@z']));
  const names = fc.constantFrom('a', 'b', 'c');
  const path = fc
    .tuple(fc.array(names, { maxLength: 3 }), fc.constantFrom('f.md', 'f.ts'))
    .map(([folders, file]) => [...folders, file].join('/'));

  it('never gives anyone more than GitHub does', () => {
    let granted = 0;
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 6 }),
        fc.array(path, { minLength: 8, maxLength: 8 }),
        (rules, paths) => {
          const policy = read(
            rules.map(([left, right]) => `${left} ${right.join(' ')}\n`).join(''),
            paths,
          );
          for (const each of paths) {
            const last = rules.findLast(([left]) => matches(left, each));
            const allowed = last?.[1].map((owner) => owner.slice(1)) ?? [];
            const given = owners(policy, each);
            granted += given.length;
            expect(allowed).toEqual(expect.arrayContaining(given));
          }
        },
      ),
      { seed: 11, numRuns: 150 },
    );
    expect(granted).toBeGreaterThan(300);
  });
});
