import type { Report } from '../../domain/report.ts';
import type { Degraded, OverlapData, OverlapPair } from '../../domain/reports/overlap.ts';
import { filePlace } from '../../domain/reports/overlap.ts';
import { conflictPlaces, overlapHeadline } from '../overlap-words.ts';
import { list } from '../words.ts';
import {
  type Brief,
  briefText,
  type BriefView,
  hintData,
  hintWords,
  moreKey,
  moreLine,
  plain,
  someOf,
} from './brief.ts';

/** Places named of one pair. */
const MOST_PLACES = 5;

const RANK = { conflict: 0, near: 1, file: 2 } as const;

/** Which branches collide, the worst first. */
export function briefOverlap({ verdict, data }: Report<OverlapData>, view: BriefView): Brief {
  const worst = [...data.pairs].sort((a, b) => RANK[a.level] - RANK[b.level]);
  const pairs = someOf(worst);
  const stale = staleBranches(data);
  return {
    text: briefText([
      plain(overlapHeadline(data)),
      ...stale.lines,
      ...pairs.some.map(pairLine),
      moreLine(pairs.more),
      ...breakLines(data),
      ...degradedLines(data.degraded, view),
    ]),
    data: {
      verdict,
      base: data.base.ref,
      branches: data.branches.length,
      ...stale.data,
      pairs: pairs.some.map((pair) => ({
        a: pair.a,
        b: pair.b,
        level: pair.level,
        places: placesOf(pair).slice(0, MOST_PLACES),
        ...(pair.oneWay && { oneWay: pair.oneWay }),
      })),
      ...moreKey(pairs.more),
      ...breakData(data),
      ...degradedData(data.degraded, view),
    },
  };
}

/** Branches that no longer merge with the base, which no order of the others helps. */
export function staleBranches({ branches, base }: OverlapData): {
  readonly lines: readonly (string | null)[];
  readonly data: Readonly<Record<string, unknown>>;
} {
  const { some, more } = someOf(branches.filter((branch) => branch.base === 'conflict'));
  if (some.length === 0) return { lines: [], data: {} };
  const places = some.map(({ ref, conflicts }) => ({
    ref,
    places: conflictPlaces(conflicts).slice(0, MOST_PLACES),
  }));
  return {
    lines: [
      ...places.map((each) =>
        plain(`${each.ref} no longer merges with ${base.ref}: ${list(each.places)}`),
      ),
      moreLine(more),
    ],
    data: { conflictsWithBase: places, ...(more > 0 && { moreConflictsWithBase: more }) },
  };
}

/** What could not be decided, in lines. */
export const degradedLines = (degraded: readonly Degraded[], view: BriefView): string[] =>
  someOf(degraded).some.map(({ message, hint }) =>
    [`not decided: ${plain(message)}`, ...(hint ? [hintWords(hint, view)] : [])].join('. '),
  );

/** What could not be decided, as data. */
export const degradedData = (
  degraded: readonly Degraded[],
  view: BriefView,
): Readonly<Record<string, unknown>> =>
  degraded.length === 0
    ? {}
    : {
        notDecided: someOf(degraded).some.map(({ refs, message, hint }) => ({
          refs,
          message,
          ...(hint && { next: hintData(hint, view) }),
        })),
        ...(someOf(degraded).more > 0 && { moreNotDecided: someOf(degraded).more }),
      };

/** What merges and breaks all the same, in lines. */
export const breakLines = ({ breaks }: OverlapData): (string | null)[] => {
  const { some, more } = someOf(breaks);
  return [...some.map(({ code, message }) => plain(`${code}: ${message}`)), moreLine(more)];
};

const breakData = ({ breaks }: OverlapData): Readonly<Record<string, unknown>> => {
  const { some, more } = someOf(breaks);
  if (some.length === 0) return {};
  return {
    breaks: some.map(({ code, refs, path, message }) => ({ code, refs, path, message })),
    ...(more > 0 && { moreBreaks: more }),
  };
};

function pairLine(pair: OverlapPair): string {
  const { a, b, level, oneWay } = pair;
  const how = oneWay ? `${oneWay.later} once ${oneWay.earlier} has landed` : `${a} and ${b}`;
  return plain(`${level}: ${how}: ${list(placesOf(pair), MOST_PLACES)}`);
}

function placesOf(pair: OverlapPair): string[] {
  if (pair.level === 'conflict') return conflictPlaces(pair.conflicts);
  return pair.level === 'near' ? pair.near.map(filePlace) : [...pair.paths];
}
