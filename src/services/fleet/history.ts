import { type History, HistoryWalk } from '../../core/history/history-walk.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Oid } from '../../domain/refs.ts';
import { walkHistory } from '../../git/history/walk-history.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import type { FleetContext } from './open/context.ts';

/**
 * How the tips stand to the base and to each other. Tips whose history is not all here come back in
 * `cut`, as indexes; they stand as if they had nothing in common with the base.
 */
export interface FleetHistory extends History {
  readonly cut: readonly number[];
}

const ALONE = { ahead: 0, behind: 0, mergeBases: [] };

export async function readHistory(
  context: FleetContext,
  tips: readonly Oid[],
): Promise<FleetHistory> {
  if (tips.length === 0) return { tips: [], stacked: [], related: [], cut: [] };
  const { memory, base, shallow } = context;
  const name = ['history', shallow, base.commit, ...tips].join(' ');
  const known = memory.recall<FleetHistory>(name);
  if (known) return known;
  const history = await walk(context, tips, new Set());
  if (history.cut.length === 0) memory.store(name, history);
  return history;
}

/** Walks again without the tips that led to a missing commit, until the rest is whole. */
async function walk(
  context: FleetContext,
  tips: readonly Oid[],
  cut: ReadonlySet<number>,
): Promise<FleetHistory> {
  const { base, lab } = context;
  const kept = tips.flatMap((_, tip) => (cut.has(tip) ? [] : [tip]));
  const commits = kept.map((tip) => tips[tip]!);
  const history = new HistoryWalk(base.commit, commits);
  const end = await walkHistory(lab.repo, [base.commit, ...commits], (commit, parents) =>
    history.visit(commit, parents),
  );
  if (end === 'cut') {
    const more = (await tipsBehindMissing(context, history)).map((at) => kept[at]!);
    return walk(context, tips, new Set([...cut, ...more]));
  }
  const found = history.result();
  const inFleet = (pairs: readonly (readonly [number, number])[]) =>
    pairs.map(([a, b]) => [kept[a]!, kept[b]!] as const);
  return {
    tips: tips.map((_, tip) => found.tips[kept.indexOf(tip)] ?? ALONE),
    stacked: inFleet(found.stacked),
    related: inFleet(found.related),
    cut: [...cut].sort((a, b) => a - b),
  };
}

/** @throws Failure `git` when the base's own history is not all here, or nothing is missing. */
async function tipsBehindMissing(
  { session }: FleetContext,
  history: HistoryWalk,
): Promise<number[]> {
  const tips = new Set<number>();
  for (const commit of history.frontier()) {
    if (await isWhole(session.reader, commit)) continue;
    const reached = history.reaching(commit);
    if (reached.base) throw baseIsCut();
    for (const tip of reached.tips) tips.add(tip);
  }
  if (tips.size === 0) throw baseIsCut();
  return [...tips];
}

/** git shows a commit only when its parents are here, too. */
async function isWhole(reader: ObjectReader, commit: string): Promise<boolean> {
  const parents = (await readCommitObject(reader, commit))?.parents;
  if (!parents) return false;
  const read = await Promise.all(parents.map((parent) => reader.read(parent)));
  return read.every((object) => object !== null);
}

const baseIsCut = (): Failure =>
  new Failure('git', "commits of the base's history are missing here", [
    hintTo('see what is missing', 'git fsck --connectivity-only'),
  ]);
