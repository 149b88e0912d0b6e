import type { BoardChanges, BoardSnapshot, RefPair } from '../../domain/reports/board.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';

/** Raised whenever what a snapshot holds changes; an older one is not read. */
const FORMAT = 1;

/** What the next run compares itself with. */
export const snapshotOf = ({ base, branches, pairs }: OverlapData, at: number): BoardSnapshot => ({
  at,
  base: base.oid,
  branches: Object.fromEntries(branches.map(({ ref, oid }) => [ref, oid])),
  conflicts: pairs.flatMap(({ a, b, level }): RefPair[] => (level === 'conflict' ? [[a, b]] : [])),
});

export const formatSnapshot = (snapshot: BoardSnapshot): string =>
  `${JSON.stringify({ format: FORMAT, ...snapshot })}\n`;

/** A snapshot as it was written; null for anything else, because a cache can hold anything. */
export function parseSnapshot(text: string): BoardSnapshot | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null) return null;
  const { format, at, base, branches, conflicts } = json as Readonly<Record<string, unknown>>;
  if (format !== FORMAT || typeof at !== 'number' || typeof base !== 'string') return null;
  if (typeof branches !== 'object' || branches === null || !Array.isArray(conflicts)) return null;
  if (!Object.values(branches).every((oid) => typeof oid === 'string')) return null;
  if (!conflicts.every(isPair)) return null;
  return { at, base, branches: branches as Record<string, string>, conflicts };
}

const isPair = (value: unknown): value is RefPair =>
  Array.isArray(value) && value.length === 2 && value.every((ref) => typeof ref === 'string');

/** What is different now. Everything is sorted as the snapshots are. */
export function changesBetween(before: BoardSnapshot, now: BoardSnapshot): BoardChanges {
  const old = new Map(Object.entries(before.branches));
  const open = new Map(Object.entries(now.branches));
  const has = ({ conflicts }: BoardSnapshot, [a, b]: RefPair): boolean =>
    conflicts.some((pair) => pair[0] === a && pair[1] === b);
  return {
    since: before.at,
    base: before.base !== now.base,
    opened: [...open.keys()].filter((ref) => !old.has(ref)),
    gone: [...old.keys()].filter((ref) => !open.has(ref)),
    moved: [...open].flatMap(([ref, oid]) => (old.has(ref) && old.get(ref) !== oid ? [ref] : [])),
    conflicts: now.conflicts.filter((pair) => !has(before, pair)),
    // What went away with its branch was not resolved.
    resolved: before.conflicts.filter(
      (pair) => !has(now, pair) && pair.every((ref) => open.has(ref)),
    ),
  };
}
