import type { LinkedMigration } from '../../domain/migration.ts';

/** The migrations of a stream that nothing follows, sorted by path; a healthy stream has one. */
export function streamHeads(migrations: readonly LinkedMigration[]): LinkedMigration[] {
  const links = linksOf(migrations);
  const standsFor = new Map(
    migrations.flatMap(({ id, replaces }) => replaces.map((name) => [name, id] as const)),
  );
  const present = new Set(migrations.map(({ id }) => id));
  const followed = new Set(
    migrations.flatMap((migration) =>
      links(migration).map((id) => {
        const instead = standsFor.get(id);
        return instead !== undefined && instead !== migration.id ? instead : id;
      }),
    ),
  );
  return migrations.filter(
    ({ id }) => !followed.has(id) && !(standsFor.has(id) && present.has(standsFor.get(id)!)),
  );
}

/**
 * What a migration follows. An app of Django's may have another label than its directory: where nothing in
 * it follows the label, what names files of the directory is meant.
 */
export function linksOf(
  migrations: readonly LinkedMigration[],
): (migration: LinkedMigration) => readonly string[] {
  if (migrations.some(({ follows }) => follows.length > 0)) return ({ follows }) => follows;
  const ids = new Set(migrations.map(({ id }) => id));
  return ({ perhaps }) => perhaps.filter((id) => ids.has(id));
}
