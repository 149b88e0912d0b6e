import { compare } from '../../domain/finding.ts';
import type {
  LinkedMigration,
  Migration,
  MigrationCollision,
  StreamChange,
} from '../../domain/migration.ts';
import { landOn } from './land-on.ts';
import { linksOf, streamHeads } from './stream-heads.ts';

/** A branch that leaves a stream with more ends than the base has, but for those it begins on purpose. */
export function headsWithBase(
  base: readonly Migration[],
  change: StreamChange,
  merged: readonly Migration[],
): MigrationCollision[] {
  const [before, after] = [heads(base), heads(merged)];
  const added = new Set(change.added.map(({ path }) => path));
  const labels = linked(change.added).filter(
    ({ labelled, path }) => labelled && !base.some((one) => one.path === path),
  );
  if (after.length <= Math.max(1, before.length) + labels.length) return [];
  const mine = after.filter(({ path }) => added.has(path));
  if (mine.length === 0) return [];
  return [
    collision(
      mine,
      after.filter(({ path }) => !added.has(path)),
      merged,
    ),
  ];
}

/**
 * Two branches that move the same end of a stream apart: landing both leaves more ends than the two changes
 * come to one by one.
 */
export function headsBetween(
  base: readonly Migration[],
  a: StreamChange,
  b: StreamChange,
  merged: readonly Migration[],
): MigrationCollision[] {
  const [none, onA, onB, both] = [base, landOn(base, a), landOn(base, b), merged].map(heads) as [
    LinkedMigration[],
    LinkedMigration[],
    LinkedMigration[],
    LinkedMigration[],
  ];
  // A stream that both begin has an end too few, not two more.
  if (both.length + Math.max(1, none.length) <= onA.length + onB.length) return [];
  const of = ({ added }: StreamChange, other: StreamChange): LinkedMigration[] =>
    both.filter(
      ({ path }) =>
        added.some((one) => one.path === path) && !other.added.some((one) => one.path === path),
    );
  const [mine, theirs] = [of(a, b), of(b, a)];
  if (mine.length === 0 || theirs.length === 0) return [];
  return [collision(mine, theirs, merged)];
}

function collision(
  mine: readonly LinkedMigration[],
  theirs: readonly LinkedMigration[],
  merged: readonly Migration[],
): MigrationCollision {
  const all = linked(merged);
  const roots = ancestors(mine[0]!, all);
  const shared = theirs.map((one) => {
    const others = new Set(ancestors(one, all));
    return { one, follow: roots.findIndex((id) => others.has(id)) };
  });
  // Other lines of the stream end elsewhere, and are in nobody's way.
  const near = shared.filter(({ follow }) => follow >= 0);
  const met = near.length > 0 ? near : shared;
  const nearest = Math.min(...near.map(({ follow }) => follow));
  return {
    tool: mine[0]!.tool,
    kind: 'heads',
    mine: byPath(mine),
    theirs: byPath(met.map(({ one }) => one)),
    follow: roots[nearest] ?? null,
    highest: null,
  };
}

/** What a migration follows, nearest first. */
function ancestors(from: LinkedMigration, all: readonly LinkedMigration[]): string[] {
  const links = linksOf(all);
  const byId = new Map(all.map((one) => [one.id, one]));
  const found: string[] = [];
  const seen = new Set<string>([from.id]);
  for (let wave = [from]; wave.length > 0;) {
    const next: LinkedMigration[] = [];
    for (const id of wave.flatMap((one) => links(one))) {
      if (seen.has(id)) continue;
      seen.add(id);
      found.push(id);
      const one = byId.get(id);
      if (one) next.push(one);
    }
    wave = next;
  }
  return found;
}

const heads = (migrations: readonly Migration[]): LinkedMigration[] =>
  streamHeads(linked(migrations));

const linked = (migrations: readonly Migration[]): LinkedMigration[] =>
  migrations.filter((one) => 'follows' in one);

const byPath = <T extends Migration>(all: readonly T[]): T[] =>
  [...all].sort((x, y) => compare(x.path, y.path));
