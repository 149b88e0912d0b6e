import { describe, expect, it } from 'vitest';
import { collisionWords } from '../../../src/core/migrations/collision-words.ts';
import {
  collisionsBetween,
  collisionsWithBase,
} from '../../../src/core/migrations/collisions-with-base.ts';
import { migrationPlace } from '../../../src/core/migrations/migration-place.ts';
import { parseMigration } from '../../../src/core/migrations/parse-migration.ts';
import type { Migration, MigrationCollision, StreamChange } from '../../../src/domain/migration.ts';
import type { RepoPath } from '../../../src/domain/path.ts';

type Files = Readonly<Record<string, string>>;

function parse(files: Files): Migration[] {
  return Object.entries(files).map(([name, text]) => {
    const path = name as RepoPath;
    const place = migrationPlace(path, []);
    const parsed = place === null ? 'other' : parseMigration(path, place, text);
    if (typeof parsed === 'string') throw new Error(`${path} is ${parsed}`);
    return parsed;
  });
}

const change = (files: Files, removed: readonly string[] = []): StreamChange => ({
  added: parse(files),
  removed: removed as readonly RepoPath[],
});

const short = ({ kind, mine, theirs, follow }: MigrationCollision): string =>
  [
    kind,
    [mine, theirs]
      .map((side) => side.map(({ path }) => path.replace(/.*\//, '')).join(' '))
      .join(' | '),
    ...(follow === null ? [] : [`after ${follow}`]),
  ].join(': ');

const alembic = (id: string, down: string, more = ''): string =>
  `"""${id}\n\nRevises: nothing\n"""\nfrom typing import Union\n\nrevision: str = "${id}"\ndown_revision: Union[str, None] = ${down}\n${more}\n`;
const django = (dependencies: string, more = ''): string =>
  `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n${more}\n    dependencies = [\n        ("auth", "0012_alter"),  # "core", "0099_x"\n        ${dependencies}\n    ]\n    operations = []\n`;

interface Case {
  readonly what: string;
  readonly base?: Files;
  readonly a: Files;
  readonly removed?: readonly string[];
  /** Without it, `a` against the base. */
  readonly b?: Files;
  readonly removedByB?: readonly string[];
  readonly found: readonly string[];
}

const V = 'app/alembic/versions';
const D = 'core/migrations';
const ONE = { [`${V}/a1.py`]: alembic('a1', 'None') };
const TWO = { ...ONE, [`${V}/b1.py`]: alembic('b1', "'a1'") };
const LABELS = {
  ...ONE,
  [`${V}/x0.py`]: alembic('x0', "'a1'", "branch_labels = ('x',)"),
  [`${V}/y0.py`]: alembic('y0', "'a1'", 'branch_labels = ("y",)'),
};
const INITIAL = { [`${D}/0001_initial.py`]: django('') };

const CASES: Case[] = [
  {
    what: 'Alembic: two branches follow one revision',
    base: ONE,
    a: { [`${V}/b1.py`]: alembic('b1', "'a1'") },
    b: { [`${V}/c1.py`]: alembic('c1', '"a1"') },
    found: ['heads: b1.py | c1.py: after a1'],
  },
  {
    what: 'Alembic: one of them has two revisions',
    base: ONE,
    a: { [`${V}/b1.py`]: alembic('b1', "'a1'"), [`${V}/b2.py`]: alembic('b2', "'b1'") },
    b: { [`${V}/c1.py`]: alembic('c1', '"a1"') },
    found: ['heads: b2.py | c1.py: after a1'],
  },
  {
    what: 'Alembic: the base went on meanwhile',
    base: TWO,
    a: { [`${V}/c1.py`]: alembic('c1', "'a1'") },
    found: ['heads: c1.py | b1.py: after a1'],
  },
  {
    what: 'Alembic: one goes on from the base',
    base: TWO,
    a: { [`${V}/c1.py`]: alembic('c1', "'b1'") },
    found: [],
  },
  {
    what: '81 Alembic: a tuple joins two heads',
    base: { ...TWO, [`${V}/c1.py`]: alembic('c1', "'a1'") },
    a: { [`${V}/d1.py`]: alembic('d1', "(\n    'b1',  # the one\n    'c1',\n)") },
    found: [],
  },
  {
    what: 'Alembic: a join against a further step of one of its sides',
    base: { ...TWO, [`${V}/c1.py`]: alembic('c1', "'a1'") },
    a: { [`${V}/d1.py`]: alembic('d1', "('b1', 'c1')") },
    b: { [`${V}/e1.py`]: alembic('e1', "'c1'") },
    found: ['heads: d1.py | e1.py: after c1'],
  },
  {
    what: '81 Alembic: two lines that were begun on purpose',
    base: LABELS,
    a: { [`${V}/x1.py`]: alembic('x1', "'x0'") },
    b: { [`${V}/y1.py`]: alembic('y1', "'y0'") },
    found: [],
  },
  {
    what: 'Alembic: both go on with one of two lines',
    base: LABELS,
    a: { [`${V}/x1.py`]: alembic('x1', "'x0'") },
    b: { [`${V}/x2.py`]: alembic('x2', "'x0'") },
    found: ['heads: x1.py | x2.py: after x0'],
  },
  {
    what: 'Alembic: a new line with a label',
    base: TWO,
    a: { [`${V}/z0.py`]: alembic('z0', "'a1'", "branch_labels = ('z',)") },
    found: [],
  },
  {
    what: 'Alembic: two dialects in directories of their own',
    base: {
      [`${V}/postgresql/p0.py`]: alembic('p0', 'None'),
      [`${V}/sqlite/s0.py`]: alembic('s0', 'None'),
    },
    a: { [`${V}/postgresql/p1.py`]: alembic('p1', "'p0'") },
    b: { [`${V}/sqlite/s1.py`]: alembic('s1', "'s0'") },
    found: [],
  },
  {
    what: 'Alembic: a comment and a docstring say something else',
    base: ONE,
    a: { [`${V}/b1.py`]: alembic('b1', "'a1'", '# down_revision = "zz"') },
    found: [],
  },
  {
    what: 'Alembic: the first revision of all, twice',
    a: { [`${V}/a1.py`]: alembic('a1', 'None') },
    b: { [`${V}/b1.py`]: alembic('b1', 'None') },
    found: ['heads: a1.py | b1.py'],
  },
  {
    what: 'Django: two leaves',
    base: INITIAL,
    a: { [`${D}/0002_a.py`]: django('("core", "0001_initial"),') },
    b: { [`${D}/0002_b.py`]: django('("core", "0001_initial"),') },
    found: ['heads: 0002_a.py | 0002_b.py: after 0001_initial'],
  },
  {
    what: '80 Django: the same number, one after the other',
    base: { ...INITIAL, [`${D}/0002_a.py`]: django('("core", "0001_initial"),') },
    a: { [`${D}/0002_b.py`]: django('("core", "0002_a"),') },
    found: [],
  },
  {
    what: '80 Django: a merge migration is there',
    base: { ...INITIAL, [`${D}/0002_a.py`]: django('("core", "0001_initial"),') },
    a: {
      [`${D}/0002_b.py`]: django('("core", "0001_initial"),'),
      [`${D}/0003_merge.py`]: django('("core", "0002_a"), ("core", "0002_b"),'),
    },
    found: [],
  },
  {
    what: 'Django: two apps',
    base: INITIAL,
    a: { [`${D}/0002_a.py`]: django('("core", "0001_initial"),') },
    b: { 'shop/migrations/0002_b.py': django('("shop", "0001_initial"),') },
    found: [],
  },
  {
    what: 'Django: a squash stands for what it replaces',
    base: {
      ...INITIAL,
      [`${D}/0002_a.py`]: django('("core", "0001_initial"),'),
      [`${D}/0003_c.py`]: django('("core", "0002_a"),'),
    },
    a: {
      [`${D}/0001_squashed_0002.py`]: django(
        '',
        '    replaces = [("core", "0001_initial"), ("core", "0002_a")]',
      ),
    },
    found: [],
  },
  {
    what: 'Django: an app whose label is not its directory',
    base: INITIAL,
    a: { [`${D}/0002_a.py`]: django('("label", "0001_initial"),') },
    b: { [`${D}/0002_b.py`]: django('("label", "0001_initial"),') },
    found: ['heads: 0002_a.py | 0002_b.py: after 0001_initial'],
  },
  {
    what: 'Rails: one version twice, and one name twice',
    a: { 'db/migrate/20240101000000_add_a.rb': '', 'db/migrate/20240102000000_add_c.rb': '' },
    b: { 'db/migrate/20240101000000_add_b.rb': '', 'db/migrate/20240103000000_add_c.rb': '' },
    found: [
      'number: 20240101000000_add_a.rb | 20240101000000_add_b.rb',
      'title: 20240102000000_add_c.rb | 20240103000000_add_c.rb',
    ],
  },
  {
    what: 'Rails: a version below the newest is applied all the same',
    base: { 'db/migrate/20240301000000_new.rb': '' },
    a: { 'db/migrate/20240101000000_old.rb': '' },
    found: [],
  },
  {
    what: 'golang-migrate: one number, both ways',
    a: { 'db/0002_a.up.sql': '', 'db/0002_a.down.sql': '' },
    b: { 'db/0002_b.up.sql': '', 'db/0002_b.down.sql': '' },
    found: ['number: 0002_a.down.sql 0002_a.up.sql | 0002_b.down.sql 0002_b.up.sql'],
  },
  {
    what: 'golang-migrate: a number below the highest is left out in silence',
    base: { 'db/0001_x.up.sql': '', 'db/0003_y.up.sql': '' },
    a: { 'db/0002_a.up.sql': '', 'db/0002_a.down.sql': '' },
    found: ['behind: 0002_a.up.sql 0002_a.down.sql | 0003_y.up.sql'],
  },
  {
    what: '79 one migration in three dialects',
    base: { 'db/V0001.Start.mysql.up.sql': '', 'db/V0001.Start.sqlite.up.sql': '' },
    a: { 'db/V0002.More.mysql.up.sql': '', 'db/V0002.More.sqlite.up.sql': '' },
    found: [],
  },
  {
    what: '79 one number in two dialects, by two branches',
    a: { 'db/V0002.More.mysql.up.sql': '' },
    b: { 'db/V0002.Less.sqlite.up.sql': '' },
    found: [],
  },
  {
    what: 'one number in one dialect, by two branches',
    a: { 'db/V0002.More.mysql.up.sql': '' },
    b: { 'db/V0002.Less.mysql.up.sql': '' },
    found: ['number: V0002.More.mysql.up.sql | V0002.Less.mysql.up.sql'],
  },
  {
    what: 'a description with full stops is no dialect',
    a: { 'db/0002_v1.2_more.up.sql': '' },
    b: { 'db/0002_less.up.sql': '' },
    found: ['number: 0002_v1.2_more.up.sql | 0002_less.up.sql'],
  },
  {
    what: 'goose reads its words in any case',
    a: { 'goose/00002_a.sql': '-- +goose up\n' },
    b: { 'goose/00002_b.sql': '-- +goose NO TRANSACTION\n-- +goose UP\n' },
    found: ['number: 00002_a.sql | 00002_b.sql'],
  },
  {
    what: 'the same number in another directory',
    a: { 'one/0002_a.up.sql': '' },
    b: { 'two/0002_b.up.sql': '' },
    found: [],
  },
  {
    what: 'goose: the number is taken on the base',
    base: { 'migrations/00002_b.sql': '-- +goose Up\n' },
    a: { 'migrations/00002_a.sql': '-- +goose Up\n' },
    found: ['number: 00002_a.sql | 00002_b.sql'],
  },
  {
    what: 'a number that both meet on the base is not told of the pair',
    base: { 'db/0002_c.up.sql': '' },
    a: { 'db/0002_a.up.sql': '' },
    b: { 'db/0002_b.up.sql': '' },
    found: [],
  },
  {
    what: 'Flyway: one version, written otherwise',
    a: { 'sql/V1_2__a.sql': '' },
    b: { 'sql/V1.2.0__b.sql': '' },
    found: ['number: V1_2__a.sql | V1.2.0__b.sql'],
  },
  {
    what: 'Flyway: a repeatable title in two files',
    a: { 'sql/R__views.sql': '' },
    b: { 'sql/R__views.java': '' },
    found: ['title: R__views.sql | R__views.java'],
  },
  {
    what: 'Flyway: below the newest',
    base: { 'sql/V2__b.sql': '' },
    a: { 'sql/V1.5__a.sql': '' },
    found: ['behind: V1.5__a.sql | V2__b.sql'],
  },
  {
    what: '83 Prisma: a time below the newest of the base',
    base: { 'prisma/migrations/20240201000000_b/migration.sql': '' },
    a: { 'prisma/migrations/20240101000000_a/migration.sql': '' },
    found: ['behind: migration.sql | migration.sql'],
  },
  {
    what: '82 both rename one file, to numbers of their own',
    base: { 'db/0002_a.up.sql': '' },
    a: { 'db/0003_a.up.sql': '' },
    removed: ['db/0002_a.up.sql'],
    b: { 'db/0004_a.up.sql': '' },
    removedByB: ['db/0002_a.up.sql'],
    found: [],
  },
  {
    what: '82 one renumbers to what the other takes',
    base: { 'db/0002_a.up.sql': '' },
    a: { 'db/0003_a.up.sql': '' },
    removed: ['db/0002_a.up.sql'],
    b: { 'db/0003_b.up.sql': '' },
    found: ['number: 0003_a.up.sql | 0003_b.up.sql'],
  },
  {
    what: 'one branch takes one number twice',
    a: { 'db/0003_a.up.sql': '', 'db/0003_b.up.sql': '' },
    found: ['number: 0003_a.up.sql 0003_b.up.sql | '],
  },
  {
    what: 'the base has had two of one number for years',
    base: { 'db/0001_a.up.sql': '', 'db/0001_b.up.sql': '' },
    a: { 'db/0002_a.up.sql': '' },
    found: [],
  },
];

describe('collisions of migrations', () => {
  it.each(CASES)('$what', ({ base = {}, a, removed, b, removedByB, found }) => {
    const here = parse(base);
    const mine = change(a, removed);
    const collisions = b
      ? collisionsBetween(here, mine, change(b, removedByB))
      : collisionsWithBase(here, mine);
    expect(collisions.map(short)).toEqual(found);
    if (!b) return;
    const turned = collisionsBetween(here, change(b, removedByB), mine);
    expect(turned.map(({ kind }) => kind).sort()).toEqual(
      collisions.map(({ kind }) => kind).sort(),
    );
  });

  it('are said with the file that gives way', () => {
    const base = parse({ 'db/0041_x.up.sql': '', 'db/0042_y.up.sql': '' });
    const [found] = collisionsWithBase(
      base,
      change({ 'db/0042_a.down.sql': '', 'db/0042_a.up.sql': '' }),
    );
    const sides = { mine: 'feat/a1/x', theirs: 'main', pair: false };
    expect(collisionWords(found!, sides, { kind: 'here' })).toEqual({
      path: 'db/0042_a.down.sql',
      severity: 'error',
      message:
        'db/0042_a.down.sql and db/0042_y.up.sql both have the number 0042 once it is on main: golang-migrate refuses duplicates',
      hint: {
        aim: 'renumber it',
        command:
          'git mv -- db/0042_a.down.sql db/0043_a.down.sql && git mv -- db/0042_a.up.sql db/0043_a.up.sql',
      },
    });
  });
});
