import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../src/core/policy/parse.ts';
import { type Authored, folderStarter } from '../../../src/core/starter/folder-starter.ts';
import { findLockfiles } from '../../../src/core/starter/lockfiles.ts';
import { renderStarter } from '../../../src/core/starter/render.ts';
import { decodeRepoPath, type RepoPath } from '../../../src/domain/path.ts';
import { parseBranchName } from '../../../src/domain/refs.ts';

const AROUND = {
  base: parseBranchName('main')!,
  schema: './schema.json',
  lockfiles: [],
  frozen: [],
};
const paths = (...names: string[]): RepoPath[] => names as RepoPath[];
const commit = (author: string, ...names: string[]): Authored => ({
  author,
  paths: paths(...names),
});

/** Agents and parts, in few words. */
const words = (files: RepoPath[], commits: Authored[]): Record<string, readonly string[]> => {
  const { agents, parts } = folderStarter(files, commits);
  return Object.fromEntries([
    ...agents.map(({ id, owns }) => [id, owns]),
    ...parts.map(({ name, paths: globs, agents: ids }) => [`${name}: ${ids.join('+')}`, globs]),
  ]);
};

const FILES = paths(
  'README.md',
  '.github/x',
  'src/a',
  'services/api/a',
  'services/web/a',
  'services/x',
  'docs/a',
);

describe('folderStarter', () => {
  it('gives each folder an agent where one person made everything', () => {
    expect(words(FILES, [commit('Ann', 'src/a', 'docs/a')])).toEqual({
      api: ['services/api/**'],
      docs: ['docs/**'],
      src: ['src/**'],
      web: ['services/web/**'],
    });
  });

  it('gives each person the folders of which they made most', () => {
    const commits = [
      commit('Ann Lee', 'services/api/a', 'src/a'),
      commit('Ann Lee', 'services/api/b'),
      commit('Ben', 'services/web/a', 'services/api/a'),
      commit('deps[bot]', 'services/web/a'),
      commit('deps[bot]', 'services/web/a'),
    ];
    expect(words(FILES, commits)).toEqual({
      'ann-lee': ['services/api/**', 'src/**'],
      ben: ['services/web/**'],
    });
  });

  it('shares a folder nobody made most of', () => {
    const commits = [
      commit('Ann', 'src/a'),
      commit('Ben', 'docs/a'),
      commit('Ann', 'services/api/a'),
      commit('Ben', 'services/api/a'),
    ];
    expect(words(FILES, commits)).toMatchObject({ 'services-api: ann+ben': ['services/api/**'] });
  });

  it('names what has to be escaped', () => {
    expect(
      words(paths('app/x', '[id]/x', '(auth)/x', "it's/x", 'main/x', '2024/x', 'App/x'), []),
    ).toEqual({
      'agent-2024': ['2024/**'],
      'agent-main': ['main/**'],
      app: ['App/**'],
      'app-2': ['app/**'],
      auth: ['\\(auth\\)/**'],
      id: ['\\[id\\]/**'],
      'it-s': ["it's/**"],
    });
  });

  it('keeps to a number of parts a person can read', () => {
    const many = Array.from({ length: 60 }, (_, index) => `packages/p${index}/x`);
    expect(words(paths(...many, 'src/x'), [])).toEqual({
      packages: ['packages/**'],
      src: ['src/**'],
    });
    const tops = Array.from({ length: 60 }, (_, index) => `t${index}/x`);
    expect(Object.keys(words(paths(...tops), []))).toHaveLength(24);
  });
});

describe('a starter as text', () => {
  it('explains every key', () => {
    const files = paths('package-lock.json', 'package.json', 'src/a', 'docs/a');
    const around = { ...AROUND, lockfiles: findLockfiles(files), frozen: ['.githooks/**'] };
    expect(renderStarter(folderStarter(files, []), around)).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./schema.json

      # Who may change what in this repository.
      # To check it: bailiwick lint. Whose a path is: bailiwick owner <path>.

      # Proposed from the folders: one agent for each. Join those that belong together.

      version: 1

      # The branch everything lands on. This file is read from there.
      base: 'main'

      # How a branch names its agent: {agent} is an id below or one of its aliases. Someone on another
      # branch is no agent: a \`human\`, whom only frozen and local paths concern. \`deny\` refuses them.
      identify:
        branches: ['feat/{agent}/{topic}']
        unknown: human

      # What happens when an agent changes a path that nobody owns: deny, warn or allow.
      unowned: deny

      # Everyone who works here: coding agents, bots, people. Globs match the whole path from the top;
      # \`*\` stays in one directory, \`**\` does not. An agent may also have:
      #   except: [...]                        holes in \`owns\`
      #   forbidden: [...]                     paths it may never change
      #   actors: ['a1-bot[bot]']              accounts whose pull requests may claim it
      #   validate: ['npm test']               what must pass before it hands off
      #   env: { DB_SCHEMA: a1 }               variables of its worktree
      #   ports: 8080-8099                     its own ports
      #   after: [...]                         agents that must have handed off before it starts
      agents:

        docs:
          title: 'docs'
          owns: ['docs/**']

        src:
          title: 'src'
          owns: ['src/**']

      # Paths nobody may change. The files of the guard are among them without being named.
      frozen: ['.githooks/**']

      # Generated paths: an agent may change one when it changed what it comes from.
      derived:
        package-lock-json: { paths: ['package-lock.json'], when: ['**/package.json'] }

      # Further keys, each as it may be written:
      #
      # shared: # several agents may change these, one at a time, holding the lock of that name
      #   common: { paths: ['common/**'], agents: [a1], lock: required, ttl: 2h }
      # reserved: # only these agents may change these, whatever others own
      #   migrations: { paths: ['**/migrations/**'], agents: [a1], reason: numbers stay in order }
      # derived: # generated; may change together with their origin
      #   api: { paths: ['src/api/generated/**'], when: ['api/*.yml'] }
      # frozen: ['LICENSE'] # nobody may change these, nor the files of the guard
      # local: ['notes/**'] # must never be committed
      # limits: { lines: 300, behind: 50, age: 3d } # advice, unless \`enforce: [lines]\` is added
      # worktrees: { path: '../wt-{agent}-{slug}', branch: 'feat/{agent}/main', setup: ['npm ci'] }
      # tests: # cases that must hold; bailiwick lint runs them
      #   - { agent: a1, change: src/index.ts, expect: allowed }
      "
    `);
  });

  it('is a policy without a problem, also where there is nothing', () => {
    const text = renderStarter(folderStarter([], []), AROUND);
    expect(readPolicy(text).problems).toEqual([]);
    const examples = text.slice(text.indexOf('# Further keys'));
    const all = text + examples.replace(/^# ?/gm, '').replace(/^Further.*/, '');
    expect(readPolicy(all).problems).toEqual([]);
    expect([...readPolicy(all).ownership!.agents.keys()]).toEqual(['a1']);
  });

  it('is a policy without a problem where somebody without a name owns nothing', () => {
    const history = [commit('', 'a/x'), commit('', 'b/x'), commit(' ', 'a/x'), commit('me', 'c/x')];
    const text = renderStarter(folderStarter(paths('a/x', 'b/x', 'c/x'), history), AROUND);
    expect(text).toContain('\n  x-2: {}\n');
    expect(readPolicy(text).problems).toEqual([]);
  });

  it('is a policy without a problem whatever the folders and people are called', () => {
    const bytes = fc
      .uint8Array({ minLength: 1, maxLength: 6 })
      .map((array) => array.filter((byte) => byte !== 0 && byte !== 0x2f));
    const odd = fc.constantFrom(
      'a',
      'A',
      '[x]',
      '(y)',
      "'",
      '#',
      '!',
      '*',
      '{a,b}',
      ' ',
      'ä',
      '\\',
      '-',
      '...',
      'packages',
      '\u202e',
    );
    const name = fc
      .oneof(odd, bytes.filter((array) => array.length > 0).map(decodeRepoPath))
      .filter((text) => text !== '');
    const path = fc
      .array(name, { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/') as RepoPath);
    const commits = fc.array(
      fc.record({ author: fc.string(), paths: fc.array(path, { maxLength: 3 }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(path, { maxLength: 12 }), commits, (files, history) => {
        const all = [...files, ...history.flatMap((each) => each.paths)];
        expect(readPolicy(renderStarter(folderStarter(all, history), AROUND)).problems).toEqual([]);
      }),
      { seed: 3, numRuns: 120 },
    );
  });
});
