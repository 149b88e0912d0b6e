import {
  conflictPlace,
  type OverlapConflict,
  type OverlapData,
} from '../domain/reports/overlap.ts';
import { count, list, number } from './words.ts';

/** The answer in one sentence. Not escaped. */
export function overlapHeadline({ base, branches, pairs, stats }: OverlapData): string {
  if (branches.length === 0) return `no branch to look at lands on ${base.ref}`;
  const stale = branches.filter((branch) => branch.base === 'conflict').length;
  const at = (level: string): number => pairs.filter((pair) => pair.level === level).length;
  const shares = [
    `${number(pairs.length)} with something in common`,
    `${number(at('near') + at('conflict'))} close`,
    `${number(at('conflict'))} in conflict`,
  ];
  const head = `${count(branches.length, 'branch', 'branches')} on ${base.ref}`;
  const merging =
    stale === 0
      ? 'none conflicts with it'
      : `${number(stale)} no longer ${stale === 1 ? 'merges' : 'merge'} with it`;
  return `${head}: ${merging}; ${count(stats.pairs, 'pair')}: ${list(shares)}`;
}

/** The places of some conflicts, those that need thought first. Not escaped. */
export function conflictPlaces(conflicts: readonly OverlapConflict[]): string[] {
  const thought = conflicts.filter(({ mechanical }) => !mechanical);
  const mechanical = conflicts.filter((conflict) => conflict.mechanical);
  return [
    ...thought.map(conflictPlace),
    ...mechanical.map((conflict) => `${conflictPlace(conflict)}, mechanical`),
  ];
}

/** `12 merges, 40 remembered, 104 ms`. */
export const effort = ({ stats }: OverlapData): string =>
  `${count(stats.merges, 'merge')}, ${number(stats.cached)} remembered, ${number(stats.ms)} ms`;
