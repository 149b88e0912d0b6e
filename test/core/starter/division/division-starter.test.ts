import { describe, expect, it } from 'vitest';
import { parseOwnership } from '../../../../src/core/policy/parse.ts';
import { divisionStarter } from '../../../../src/core/starter/division/division-starter.ts';
import { partGlobs } from '../../../../src/core/starter/division/part-globs.ts';
import { topFolders } from '../../../../src/core/starter/division/top-folders.ts';
import { renderStarter } from '../../../../src/core/starter/render.ts';
import type { Starter } from '../../../../src/core/starter/starter.ts';
import type { Ownership } from '../../../../src/domain/ownership.ts';
import type { RepoPath } from '../../../../src/domain/path.ts';
import { parseBranchName } from '../../../../src/domain/refs.ts';
import { policyAccounts } from '../codeowners-oracle.ts';
import { agreement, plant, type PlantedTree, steadyNumbers } from './planted.ts';

const propose = (
  paths: readonly string[],
  commits: PlantedTree['commits'] = [],
  agents = 4,
  from: 'folders' | 'history' = 'history',
): Starter =>
  divisionStarter(paths as RepoPath[], commits, {
    agents,
    from,
    isControl: (path) => path === '.github/x.yml',
  });

/** The proposal as everyone will read it: through its text. */
function policyOf(starter: Starter): Ownership {
  const parsed = parseOwnership(
    renderStarter(starter, {
      base: parseBranchName('main')!,
      schema: './schema.json',
      lockfiles: [],
      frozen: [],
    }),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error, null, 1));
  return parsed.value;
}

/** The one owner of a path, by its title; null for what is shared or nobody's. */
const ownerIn =
  (policy: Ownership) =>
  (path: RepoPath): string | null => {
    const accounts = policyAccounts(policy, path);
    return accounts.length === 1 ? accounts[0]!.replaceAll(' ', '_') : null;
  };

const names = <Name>(count: number, form: (at: number) => Name): Name[] =>
  Array.from({ length: count }, (_, at) => form(at));
const shuffled = (list: readonly string[], seed: number): string[] => {
  const random = steadyNumbers(seed);
  return list
    .map((each) => [random(), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
};

const inFolders = ['api', 'web', 'jobs', 'data'].map((part) => [
  ...names(12, (at) => `src/${part}/file${at}.ts`),
  ...names(8, (at) => `test/${part}/file${at}.test.ts`),
]);
const acrossFolders = names(4, (part) => `${part}`).map((part) =>
  names(24, (at) => `${['models', 'views', 'forms', 'tasks'][at % 4]}/area${part}/${at}.py`),
);
const unequal = [40, 30, 20, 10].map((count, part) =>
  names(count, (at) => `packages/p${part}/src/${at}.ts`),
);
const flatByName = ['auth', 'cart', 'mail', 'tree'].map((part) =>
  names(15, (at) => `src/${part}_${at}.c`),
);
const words = shuffled(
  names(60, (at) => `src/word${at}x.c`),
  5,
);
const flatByNothing = names(4, (part) => `${part}`).map((_, part) =>
  words.slice(part * 15, part * 15 + 15),
);

describe('a division by what changed together', () => {
  it.each<[what: string, parts: string[][]]>([
    ['folders and their tests', inFolders],
    ['areas that lie across folders', acrossFolders],
    ['parts of unequal size', unequal],
    ['files that lie flat, told by their names', flatByName],
    ['files that lie flat, told by nothing but history', flatByNothing],
  ])('finds %s', (_what, parts) => {
    for (const seed of [1, 2, 3]) {
      const tree = plant({ parts, commits: 600, noise: 0.05, everywhere: ['src/index.ts'], seed });
      const starter = propose(tree.paths, tree.commits);
      const policy = policyOf(starter);
      expect(starter.agents).toHaveLength(4);
      expect(agreement(tree.partOf, ownerIn(policy))).toBeGreaterThanOrEqual(0.95);
      expect(policyAccounts(policy, 'src/index.ts')).toHaveLength(4);
      expect(starter.figures!.within / starter.figures!.commits).toBeGreaterThan(0.9);
    }
  });

  it('holds for commits that it has not seen, and for files that came later', () => {
    const tree = plant({ parts: inFolders, commits: 900, noise: 0.05 });
    const policy = policyOf(propose(tree.paths, tree.commits.slice(0, 500)));
    const within = tree.commits.slice(500).filter(({ paths }) => {
      const owners = new Set(paths.map(ownerIn(policy)));
      return owners.size === 1 && !owners.has(null);
    });
    expect(within.length / 400).toBeGreaterThan(0.9);
    const old = ownerIn(policy)('src/api/file1.ts' as RepoPath);
    expect(ownerIn(policy)('src/api/new/later.ts' as RepoPath)).toBe(old);
  });

  it('is said in globs as short as the parts allow', () => {
    const tree = plant({ parts: inFolders, commits: 600 });
    const globs = propose(tree.paths, tree.commits).agents.map(({ owns, except }) => [
      owns,
      except,
    ]);
    const short = /^(?:src|test)(?:\/(?:\w+|\{\w+(?:,\w+){1,7}\}))?\/\*\*$/;
    expect(globs.flat(2).filter((glob) => !short.test(glob))).toEqual([]);
    expect(globs.flat(2).length).toBeLessThanOrEqual(14);
  });

  it('takes a glob more only where that keeps more commits within one part', () => {
    const deep = ['components', 'data', 'dialogs', 'panels'].map((part) =>
      names(100, (at) => `src/${part}/area${at % 20}/${at}.ts`),
    );
    const tree = plant({ parts: deep, commits: 500, noise: 0.5 });
    const starter = propose(tree.paths, tree.commits);
    const globs = starter.agents.flatMap(({ owns, except }) => [...owns, ...except]);
    expect(globs.length).toBeLessThanOrEqual(8);
    expect(agreement(tree.partOf, ownerIn(policyOf(starter)))).toBeGreaterThanOrEqual(0.95);
  });

  it('gives a few files away rather than name all others around them', () => {
    const files = names(40, (at) => [`src/web/${at}.ts`, at < 3 ? 0 : 1] as const);
    const rest = names(40, (at) => [`src/core/${at}.ts`, 0] as const);
    const { globs, left } = partGlobs(new Map([...rest, ...files] as [RepoPath, number][]), 2);
    expect(globs.map(({ owns, except }) => ({ owns, except }))).toEqual([
      { owns: ['src/**'], except: ['src/web/**'] },
      { owns: ['src/web/**'], except: [] },
    ]);
    expect(left).toEqual([]);
  });

  it('names the files of a directory at once, where others own what is below', () => {
    const files = names(6, (at) => [`src/web/${at}.ts`, 1] as const);
    const below = names(6, (at) => [`src/web/core/${at}.ts`, 0] as const);
    const rest = names(40, (at) => [`src/core/${at}.ts`, 0] as const);
    const all = [...rest, ...below, ...files] as [RepoPath, number][];
    const { globs } = partGlobs(new Map(all), 2);
    expect(globs.map(({ owns }) => owns)).toEqual([['src/**'], ['src/web/*']]);
  });

  it('names directories beside each other in one glob, as many as a reader can take in', () => {
    const names = [...'abcdefghijklmnopqrst'].map((letter) => `part-${letter}`);
    const files = names.map((name, at) => [`src/${name}/x.ts` as RepoPath, at % 2] as const);
    const more = Array.from(
      { length: 3 },
      (_, at) => [`src/rest-${at}/x.ts` as RepoPath, 1] as const,
    );
    const odd = ['src/a,b/x.ts', 'src/{c}/x.ts'].map((path) => [path as RepoPath, 0] as const);
    const { globs, left } = partGlobs(new Map([...files, ...more, ...odd]), 2);
    expect(left).toEqual([]);
    expect(globs.map(({ owns }) => owns)).toEqual([
      [
        'src/a,b/**',
        'src/{part-a,part-c,part-e,part-g,part-i,part-k,part-m,part-o}/**',
        'src/{part-q,part-s,\\{c\\}}/**',
      ],
      ['src/**'],
    ]);
    expect(globs[1]!.except).toEqual(globs[0]!.owns);
    expect(globs[0]!.places).toContain('src/part-c');
  });

  it('is measured against folders at the top, each of one part whole', () => {
    const partOf = topFolders(['a/x', 'a/y', 'b/x', 'c/x', 'top'] as RepoPath[], 2);
    expect(['a/new', 'b/x', 'c/x', 'top', 'd/x'].map((path) => partOf(path as RepoPath))).toEqual([
      0,
      1,
      1,
      null,
      null,
    ]);
    const deep = topFolders(['s/a/x', 's/a/y', 's/b/x', 's/b/y', 's/c/x', 's/x'] as RepoPath[], 3);
    expect(
      ['s/a/new', 's/b/x', 's/c/x', 's/x', 's/d/x'].map((path) => deep(path as RepoPath)),
    ).toEqual([0, 1, 2, 2, 2]);
    const across = plant({ parts: acrossFolders, commits: 400 });
    const { commits, within, byFolders, largestByFolders } = propose(
      across.paths,
      across.commits,
    ).figures!;
    expect(within / commits).toBeGreaterThan(0.9);
    expect(byFolders / commits).toBeLessThan(0.7);
    expect(largestByFolders).toBeLessThan(0.6);
    const inOne = [...names(50, (at) => `a/${at % 5}/${at}`), 'b/x', 'c/x', 'd/x'];
    expect(propose(inOne).figures!.largestByFolders).toBeCloseTo(50 / 53);
  });

  it('names no file as one to share that is gone', () => {
    const tree = plant({ parts: inFolders, commits: 200 });
    const gone = tree.commits.map(({ paths }, at) => ({
      paths: [...paths, `${at % 2 ? 'src/api' : 'src/web'}/gone.ts` as RepoPath],
    }));
    const { crossing } = propose(tree.paths, gone).figures!;
    expect(crossing.filter(({ path }) => path.endsWith('gone.ts'))).toEqual([]);
  });

  it('is the same in every run', () => {
    const tree = plant({ parts: acrossFolders, commits: 400, noise: 0.1 });
    expect(propose(tree.paths, tree.commits)).toEqual(propose(tree.paths, tree.commits));
  });

  it('gives as many parts as are asked for, none of them everything or nothing', () => {
    const tree = plant({ parts: unequal, commits: 600, noise: 0.1 });
    for (const agents of [2, 3, 4, 6]) {
      const starter = propose(tree.paths, tree.commits, agents);
      expect(starter.agents).toHaveLength(agents);
      for (const { files } of starter.figures!.parts) {
        expect(files).toBeGreaterThan(0);
        expect(files).toBeLessThan(0.8);
      }
    }
  });

  it('says so where no good cut exists', () => {
    const random = steadyNumbers(9);
    const paths = names(80, (at) => `src/${at % 8}/${at}.ts`) as RepoPath[];
    const commits = names(400, () => '').map(() => ({
      paths: names(6, () => paths[Math.floor(random() * 80)]!),
    }));
    expect(propose(paths, commits).remarks.join(' ')).toContain('No good cut was found');
    const good = plant({ parts: inFolders, commits: 400 });
    expect(propose(good.paths, good.commits).remarks.join(' ')).not.toContain('No good cut');
  });
});

describe('what every part has to change', () => {
  const around = [
    'package.json',
    'package-lock.json',
    'README.md',
    '.github/x.yml',
    'src/a/x',
    'src/b/x',
    'lib/c/x',
    'app/d/x',
  ];
  it('is shared at the top: manifests by name, and what else lies there', () => {
    const starter = propose(around, [], 4, 'folders');
    expect(starter.parts.map(({ name, paths, agents }) => [name, paths, agents.length])).toEqual([
      ['manifests', ['package.json'], 4],
      ['top', ['README.md'], 4],
    ]);
    const policy = policyOf(starter);
    expect(policyAccounts(policy, '.github/x.yml')).toEqual([]);
  });

  it.each<[tool: string, files: string[], globs: string[]]>([
    [
      'Alembic',
      ['db/alembic/env.py', 'db/alembic/script.py.mako', 'db/alembic/versions/1a_x.py'],
      ['db/alembic/**'],
    ],
    [
      'Django',
      ['shop/migrations/__init__.py', 'shop/migrations/0001_initial.py'],
      ['shop/migrations/**'],
    ],
    [
      'Rails',
      ['db/migrate/20240101120000_create.rb', 'db/schema.rb'],
      ['db/migrate/**', 'db/schema.rb'],
    ],
    [
      'Prisma',
      ['prisma/migrations/2024_init/migration.sql', 'prisma/schema.prisma'],
      ['prisma/migrations/**', 'prisma/schema.prisma'],
    ],
    [
      'Flyway',
      ['src/main/resources/db/migration/V1__create.sql'],
      ['src/main/resources/db/migration/**'],
    ],
    ['goose', ['internal/migrations/00001_users.sql'], ['internal/migrations/**']],
    ['Knex', ['migrations/20240101120000-users.ts'], ['migrations/**']],
    [
      'Alembic, with its template elsewhere',
      ['app/migrations/env.py', 'app/migrations/versions/1a_x.py'],
      ['app/migrations/**'],
    ],
    [
      'Laravel',
      ['database/migrations/2014_10_12_000000_create_users.php'],
      ['database/migrations/**'],
    ],
    ['Entity Framework', ['Data/Migrations/20240101120000_Init.cs'], ['Data/Migrations/**']],
    ['Ecto', ['priv/repo/migrations/20240101120000_a.exs'], ['priv/repo/migrations/**']],
    ['Diesel', ['migrations/2024-01-01-000000_users/up.sql'], ['migrations/**']],
    ['Drizzle', ['drizzle/0000_init.sql', 'drizzle/meta/_journal.json'], ['drizzle/**']],
  ])('is reserved for one writer where order matters: %s', (_tool, files, globs) => {
    const starter = propose([...around, ...files], [], 4, 'folders');
    const reserved = starter.parts.filter(({ kind }) => kind === 'reserved');
    expect(reserved.map(({ paths, agents }) => [paths, agents.length])).toEqual([[globs, 1]]);
    for (const file of files) expect(policyAccounts(policyOf(starter), file)).toHaveLength(1);
  });

  it('but a directory that is only called so is not', () => {
    const starter = propose(
      [...around, 'docs/migrations/guide.md', 'src/db/readme.sql'],
      [],
      4,
      'folders',
    );
    expect(starter.parts.filter(({ kind }) => kind === 'reserved')).toEqual([]);
  });
});

describe('a division by folders', () => {
  it('gives each agent about as many files', () => {
    const paths = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((top, at) =>
      names(10 + at * 5, (file) => `${top}/${file}.ts`),
    );
    const starter = propose(paths, [], 3, 'folders');
    expect(starter.agents).toHaveLength(3);
    for (const { files } of starter.figures!.parts) {
      expect(files).toBeGreaterThan(0.15);
      expect(files).toBeLessThan(0.55);
    }
  });

  it('of less than there are agents says so', () => {
    const starter = propose(['src/a', 'app/b'], [], 4, 'folders');
    expect(starter.agents.map(({ id, owns }) => [id, owns])).toEqual([
      ['app', ['app/**']],
      ['src', ['src/**']],
    ]);
    expect(starter.remarks.join(' ')).toContain('too little here to divide among 4');
  });

  it('of nothing proposes nobody', () => {
    expect(propose([], [], 4, 'folders').agents).toEqual([]);
  });
});
