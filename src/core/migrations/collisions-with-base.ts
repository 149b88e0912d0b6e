import { compare } from '../../domain/finding.ts';
import type { Migration, MigrationCollision, StreamChange } from '../../domain/migration.ts';
import type { RepoPath } from '../../domain/path.ts';
import { headsBetween, headsWithBase } from './heads-with-base.ts';
import { landOn } from './land-on.ts';
import { behindBase, numbersShared } from './numbers-shared.ts';

/** Where a branch collides with what the base has. What the base has by itself is nobody's fault. */
export const collisionsWithBase = (
  base: readonly Migration[],
  change: StreamChange,
): MigrationCollision[] =>
  sorted(
    streamsOf(change.added).flatMap((isIn) => inStream(base.filter(isIn), within(change, isIn))),
  );

/** Where two branches collide with each other. What each of them meets on the base is its own matter. */
export const collisionsBetween = (
  base: readonly Migration[],
  a: StreamChange,
  b: StreamChange,
): MigrationCollision[] =>
  sorted(
    streamsOf(a.added)
      .filter((isIn) => b.added.some(isIn))
      .flatMap((isIn) => betweenTwo(base.filter(isIn), within(a, isIn), within(b, isIn))),
  );

function inStream(base: readonly Migration[], change: StreamChange): MigrationCollision[] {
  const merged = landOn(base, change);
  const fresh = freshIn(base, change);
  const isMine = ({ path }: Migration): boolean => fresh.has(path);
  return [
    ...numbersShared(merged, isMine, () => true),
    ...headsWithBase(base, change, merged),
    ...behindBase(base, merged, fresh),
  ];
}

function betweenTwo(
  base: readonly Migration[],
  a: StreamChange,
  b: StreamChange,
): MigrationCollision[] {
  const [mine, theirs] = [freshIn(base, a), freshIn(base, b)];
  const merged = landOn(landOn(base, a), b);
  // A file that both bring is one file.
  const only = (own: ReadonlySet<RepoPath>, other: ReadonlySet<RepoPath>) => (one: Migration) =>
    own.has(one.path) && !other.has(one.path);
  return [
    ...numbersShared(merged, only(mine, theirs), only(theirs, mine)),
    ...headsBetween(base, a, b, merged),
  ];
}

/** Tells for each stream what is in it. */
const streamsOf = (migrations: readonly Migration[]): ((one: Migration) => boolean)[] => {
  const keys = new Set(migrations.map(streamOf));
  return [...keys].map((key) => (one) => streamOf(one) === key);
};

const streamOf = ({ tool, stream }: Migration): string => `${tool} ${stream}`;

const within = (
  { added, removed }: StreamChange,
  isIn: (one: Migration) => boolean,
): StreamChange => ({ added: added.filter(isIn), removed });

/** The paths that a branch adds to the base. */
const freshIn = (base: readonly Migration[], { added }: StreamChange): Set<RepoPath> => {
  const here = new Set(base.map(({ path }) => path));
  return new Set(added.map(({ path }) => path).filter((path) => !here.has(path)));
};

const sorted = (collisions: readonly MigrationCollision[]): MigrationCollision[] =>
  [...collisions].sort(
    (x, y) => compare(x.mine[0]!.path, y.mine[0]!.path) || compare(x.kind, y.kind),
  );
