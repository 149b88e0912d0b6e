import type { OverlapConflict, OverlapData, OverlapPair } from '../../domain/reports/overlap.ts';
import type { PageConflict, PagePair } from '../../domain/reports/page.ts';
import { disputeKey, type Disputes } from './read-disputes.ts';

/** Pairs that only come close: beyond so many, nobody reads them one by one. */
const MOST_NEAR = 1000;

/** The pairs worth a look, conflicts first, and how many were left out. */
export function makePairs(
  { branches, pairs }: OverlapData,
  disputes: Disputes,
): { readonly pairs: readonly PagePair[]; readonly more: number } {
  const index = new Map(branches.map(({ ref }, at) => [ref, at]));
  const describe = (pair: OverlapPair, level: PagePair['level']): PagePair => {
    const { a, b, near, conflicts } = pair;
    return {
      a: index.get(a)!,
      b: index.get(b)!,
      level,
      conflicts:
        level === 'conflict'
          ? conflicts.map((conflict) => toPageConflict(conflict, a, b, disputes))
          : near.map(({ path, lines = [] }) => ({ ...NOTHING_TO_SEE, path, lines })),
    };
  };
  const close = pairs.filter(({ level }) => level === 'near');
  return {
    pairs: [
      ...pairs
        .filter(({ level }) => level === 'conflict')
        .map((pair) => describe(pair, 'conflict')),
      ...close.slice(0, MOST_NEAR).map((pair) => describe(pair, 'near')),
    ],
    more: Math.max(0, close.length - MOST_NEAR),
  };
}

const NOTHING_TO_SEE = { kind: null, mechanical: false, disputes: [], moreDisputes: 0 };

/** @param other a ref, or null for the base. */
export function toPageConflict(
  { path, kind, lines = [], mechanical }: OverlapConflict,
  ref: string,
  other: string | null,
  known: Disputes,
): PageConflict {
  const { disputes, more } = known.get(disputeKey(ref, other, path)) ?? { disputes: [], more: 0 };
  return { path, kind, lines, mechanical, disputes, moreDisputes: more };
}
