import type { Hint } from '../domain/hint.ts';
import {
  conflictPlace,
  type Degraded,
  type OverlapConflict,
  type OverlapData,
} from '../domain/reports/overlap.ts';
import { count, list, number } from './words.ts';

/** The answer in one sentence. Not escaped. */
export function overlapHeadline({ base, branches, degraded, pairs, stats }: OverlapData): string {
  if (branches.length === 0) return `no branch to look at lands on ${base.ref}`;
  const stale = branches.filter((branch) => branch.base === 'conflict').length;
  const at = (level: string): number => pairs.filter((pair) => pair.level === level).length;
  const shares = [
    `${number(pairs.length)} with something in common`,
    `${number(at('near') + at('conflict'))} close`,
    `${number(at('conflict'))} in conflict`,
  ];
  const head = `${count(branches.length, 'branch', 'branches')} on ${base.ref}`;
  const unread = branches.filter((branch) => branch.base === 'unreadable').length;
  const standing = [
    ...(unread > 0 ? [`${number(unread)} could not be judged`] : []),
    ...(stale > 0
      ? [`${number(stale)} no longer ${stale === 1 ? 'merges' : 'merge'} with it`]
      : []),
    ...(stale === 0 && unread === 0 ? ['none conflicts with it'] : []),
    ...(stale === 0 && unread > 0 && unread < branches.length
      ? ['no other conflicts with it']
      : []),
  ];
  const undecided = degraded.filter(({ refs }) => refs.length > 1).length;
  const pairWords = [...shares, ...(undecided > 0 ? [`${number(undecided)} not decided`] : [])];
  return `${head}: ${list(standing)}; ${count(stats.pairs, 'pair')}: ${list(pairWords)}`;
}

/** What helps where something could not be decided, each command once. Not escaped. */
export const remediesOf = (degraded: readonly Degraded[]): Hint[] => [
  ...new Map(degraded.flatMap(({ hint }) => (hint ? [[JSON.stringify(hint), hint]] : []))).values(),
];

/** The places of some conflicts, those that need thought first. Not escaped. */
export function conflictPlaces(conflicts: readonly OverlapConflict[]): string[] {
  const thought = conflicts.filter(({ mechanical }) => !mechanical);
  const mechanical = conflicts.filter((conflict) => conflict.mechanical);
  return [
    ...thought.map(conflictPlace),
    // Where in a lockfile is of no use to anybody.
    ...mechanical.map(({ path }) => `${path}, mechanical`),
  ];
}

/** `12 merges, 40 remembered, 104 ms`. */
export const effort = ({ stats }: OverlapData): string =>
  `${count(stats.merges, 'merge')}, ${number(stats.cached)} remembered, ${number(stats.ms)} ms`;
