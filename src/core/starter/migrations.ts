import { compare } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import { literalGlob } from './read-glob.ts';

/** Files whose order matters, so that two writers at once make a mess that git does not see. */
export interface MigrationPlace {
  readonly globs: readonly string[];
  readonly files: readonly RepoPath[];
}

/**
 * How each tool lays its migrations out: a file that gives it away, and the directory that is its
 * own, as the first group. Sources: the documentation of Alembic, Django, Rails, Prisma, Flyway,
 * goose, golang-migrate, Knex, Laravel, Entity Framework, Ecto, Diesel and Drizzle.
 */
const TOOLS: readonly RegExp[] = [
  // Alembic: the directory of env.py, script.py.mako and versions/.
  /^(.+)\/script\.py\.mako$/,
  // Django: numbered modules beside an __init__.py.
  /^(.+\/migrations|migrations)\/\d{4}_\w+\.py$/,
  // Rails.
  /^((?:.+\/)?db\/migrate)\/\d{14}_\w+\.rb$/,
  // Prisma: a directory for each, with one script in it.
  /^((?:.+\/)?prisma\/migrations)\/[^/]+\/migration\.sql$/,
  // Flyway: V1__create.sql, V2.1__more.sql, R__views.sql.
  /^(.+)\/(?:V\d[\d._]*|R)__[^/]+\.(?:sql|java)$/,
  // goose, golang-migrate, Knex, Laravel and the like: numbers or times first, in a directory of that name.
  /^((?:.+\/)?(?:[Mm]igrations?|migrate|goose))\/\d{3,}[-_][^/]+\.(?:sql|go|js|ts|cjs|mjs|php|cs|exs|rb|py)$/,
  // Diesel: a directory for each, with two scripts in it.
  /^((?:.+\/)?migrations)\/[^/]+\/up\.sql$/,
  // Drizzle.
  /^((?:.+\/)?drizzle(?:\/migrations)?)\/\d{4}_[^/]+\.sql$/,
];

/** Alembic's directory where the template for new scripts lies elsewhere. */
function alembicWithoutTemplate(path: RepoPath, all: ReadonlySet<string>): string[] {
  const directory = /^(.+)\/versions\/[^/]+\.py$/.exec(path)?.[1];
  return directory !== undefined && all.has(`${directory}/env.py`) ? [directory] : [];
}

/** What the tools write beside the directory, from all migrations together. */
const SUMMARIES = [
  /^((?:.+\/)?db)\/(?:schema\.rb|structure\.sql)$/,
  /^((?:.+\/)?prisma)\/schema\.prisma$/,
];

/** The directories of migrations, sorted, each with what belongs to it. */
export function findMigrations(paths: readonly RepoPath[]): MigrationPlace[] {
  const all = new Set<string>(paths);
  const directories = new Set(
    paths.flatMap((path) => [
      ...TOOLS.flatMap((tool) => tool.exec(path)?.[1] ?? []),
      ...alembicWithoutTemplate(path, all),
    ]),
  );
  const outermost = [...directories].filter(
    (directory) => ![...directories].some((other) => directory.startsWith(`${other}/`)),
  );
  return outermost.sort(compare).map((directory) => {
    const parent = directory.replace(/\/?[^/]+$/, '');
    const summaries = paths.filter((path) =>
      SUMMARIES.some((summary) => summary.exec(path)?.[1] === parent),
    );
    const files = paths.filter((path) => path.startsWith(`${directory}/`));
    return {
      globs: [`${literalGlob(directory)}/**`, ...summaries.map(literalGlob)],
      files: [...files, ...summaries],
    };
  });
}
