import { compare } from '../../domain/finding.ts';
import type { Migration, MigrationCollision, NumberedMigration } from '../../domain/migration.ts';
import type { RepoPath } from '../../domain/path.ts';

type Chooses = (one: NumberedMigration) => boolean;

/**
 * The numbers and titles that some migrations of one side share with some of the other, each number once
 * for all of its variants (`up` and `down`).
 *
 * @param mine those of the one side
 * @param theirs those of the other; everything, where the other is the base
 */
export function numbersShared(
  merged: readonly Migration[],
  mine: Chooses,
  theirs: Chooses,
): MigrationCollision[] {
  const numbered = merged.filter(isNumbered);
  const found = new Map<
    string,
    { readonly group: Set<NumberedMigration>; kind: 'number' | 'title' }
  >();
  for (const [key, group] of groupsOf(numbered)) {
    if (group.length < 2 || !group.some(mine)) continue;
    // What the base has in this place already is the matter of each branch by itself.
    if (!group.every((one) => mine(one) || theirs(one))) continue;
    // Two of one branch are for the base to tell, not for a pair.
    if (group.every(mine) && !group.every(theirs)) continue;
    const [, without] = /^(.*)\0/s.exec(key)!;
    const known = found.get(without!);
    if (known) group.forEach((one) => known.group.add(one));
    else
      found.set(without!, {
        group: new Set(group),
        kind: key.startsWith('title') ? 'title' : 'number',
      });
  }
  return [...found.values()].map(({ group, kind }) => ({
    tool: [...group][0]!.tool,
    kind,
    mine: byPath(withMates(numbered.filter(mine), [...group].filter(mine))),
    theirs: byPath([...group].filter((one) => !mine(one))),
    follow: null,
    highest: highestOf(numbered, [...group][0]!),
  }));
}

/** With what one branch brings under the same number: `down` has to move along with `up`. */
const withMates = (
  mine: readonly NumberedMigration[],
  found: readonly NumberedMigration[],
): NumberedMigration[] =>
  mine.filter((one) =>
    found.some(
      (other) =>
        one === other || (one.number.length > 0 && !compareNumbers(one.number, other.number)),
    ),
  );

/** By number and variant, and by title; the key ends with what tells files of one number apart. */
function groupsOf(numbered: readonly NumberedMigration[]): Map<string, NumberedMigration[]> {
  const groups = new Map<string, NumberedMigration[]>();
  const put = (key: string, one: NumberedMigration): void => {
    groups.set(key, [...(groups.get(key) ?? []), one]);
  };
  for (const one of numbered) {
    const { tool, stream, number, variant, title } = one;
    if (number.length > 0) put(`number ${tool} ${stream}\0${number.join('.')}\0${variant}`, one);
    if (title !== null) put(`title ${tool} ${stream}\0${title}\0`, one);
  }
  return groups;
}

/**
 * What comes too late: its number is below one that the base has had applied already. golang-migrate leaves it
 * out in silence; goose and Flyway refuse it; Prisma applies it in another place than it was written for.
 */
export function behindBase(
  base: readonly Migration[],
  merged: readonly Migration[],
  fresh: ReadonlySet<RepoPath>,
): MigrationCollision[] {
  const found: MigrationCollision[] = [];
  for (const one of merged.filter(isNumbered)) {
    if (!fresh.has(one.path) || !ORDERED.has(one.tool) || one.number.length === 0) continue;
    const stream = base
      .filter(isNumbered)
      .filter(({ tool, stream: place, number }) => isSame(one, tool, place) && number.length > 0);
    const above = stream.filter(({ number }) => compareNumbers(number, one.number) > 0);
    const equal = stream.some(({ number }) => compareNumbers(number, one.number) === 0);
    const same = found.find(
      ({ mine }) => compareNumbers((mine[0] as NumberedMigration).number, one.number) === 0,
    );
    // One number is one migration, up and down; with the number itself taken, that is said.
    if (above.length === 0 || equal) continue;
    if (same) {
      (same.mine as Migration[]).push(one);
      continue;
    }
    const [first, ...more] = byPath(above);
    const newest = more.reduce(
      (high, next) => (compareNumbers(next.number, high.number) > 0 ? next : high),
      first!,
    );
    found.push({
      tool: one.tool,
      kind: 'behind',
      mine: [one],
      theirs: [newest],
      follow: null,
      highest: highestOf(merged.filter(isNumbered), one),
    });
  }
  return found;
}

/** The tools to which it matters in which order numbers arrive. Rails and registries apply what is missing. */
const ORDERED: ReadonlySet<string> = new Set(['flyway', 'golang-migrate', 'goose', 'prisma']);

const isSame = (one: NumberedMigration, tool: string, stream: string): boolean =>
  one.tool === tool && one.stream === stream;

/** The highest number of a stream, as far as numbers have one part. */
function highestOf(numbered: readonly NumberedMigration[], one: NumberedMigration): bigint | null {
  const numbers = numbered
    .filter(({ tool, stream }) => isSame(one, tool, stream))
    .map(({ number }) => number);
  if (one.number.length === 0 || numbers.some((parts) => parts.length > 1)) return null;
  return numbers.reduce((high, [part = 0n]) => (part > high ? part : high), 0n);
}

function compareNumbers(a: readonly bigint[], b: readonly bigint[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [x, y] = [a[at] ?? 0n, b[at] ?? 0n];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

const isNumbered = (one: Migration): one is NumberedMigration => 'number' in one;

const byPath = <T extends Migration>(all: readonly T[]): T[] =>
  [...all].sort((x, y) => compare(x.path, y.path));
