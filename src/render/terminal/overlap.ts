import type { Report } from '../../domain/report.ts';
import {
  filePlace,
  type OneWay,
  type OverlapBranch,
  type OverlapData,
  type OverlapPair,
  type SilentBreak,
} from '../../domain/reports/overlap.ts';
import { escapeText } from '../escape.ts';
import { hintLines } from '../hint.ts';
import { conflictPlaces, effort, overlapHeadline, remediesOf } from '../overlap-words.ts';
import type { View } from '../view.ts';
import { count, list, number, wrap } from '../words.ts';
import { overlapMatrix } from './overlap-matrix.ts';

/** Pairs listed of one kind; the rest is counted. */
const MOST_PAIRS = 40;
/** Places named of one pair. */
const MOST_PLACES = 6;

/** The answer of `overlap` for people: a matrix where it fits, lists where it does not. */
export function renderOverlap({ data, findings }: Report<OverlapData>, view: View): string {
  const { paint, width } = view;
  const conflicts = data.pairs.filter(({ level }) => level === 'conflict');
  const stale = data.branches.filter(({ base }) => base === 'conflict');
  const hint = findings.find(({ code }) => code === 'conflict')?.hint;
  const blocks = [
    wrap(escapeText(overlapHeadline(data)), width).map(paint.strong),
    titled(paint.bad(`No longer merge with ${escapeText(data.base.ref)}`), stale, (branch) =>
      staleLines(branch, view),
    ),
    titled(
      paint.warn('The same change'),
      data.pairs.filter(({ identical }) => identical),
      (pair) => [
        `  ${both(pair, view)}`,
        ...wrap('once one has landed, the other adds nothing', width, '    '),
      ],
    ),
    ...meetings(data.pairs, view),
    titled(paint.bad('Conflicts'), conflicts, (pair) => conflictLines(pair, view)),
    titled(paint.bad('Merge, and break all the same'), data.breaks, (found) =>
      breakLines(found, view),
    ),
    data.hints.flatMap(({ message }) => note('hint', message, view)),
    data.degraded.flatMap(({ message }) => note(paint.warn('not decided'), message, view)),
    remediesOf(data.degraded).flatMap((remedy) => hintLines(remedy, view, '')),
    hint === undefined ? [] : hintLines(hint, view, ''),
    [paint.faint(effort(data))],
  ];
  const shown = blocks.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function meetings(pairs: readonly OverlapPair[], view: View): string[][] {
  const matrix = overlapMatrix(pairs, view);
  if (matrix !== null) return [matrix];
  const near = pairs.filter(({ level }) => level === 'near');
  const file = pairs.filter(({ level, identical }) => level === 'file' && !identical);
  return [
    titled(view.paint.warn('Touching lines'), near, (pair) =>
      sharedLines(pair, pair.near.map(filePlace), view),
    ),
    titled('Same file', file, (pair) => sharedLines(pair, pair.paths, view)),
  ];
}

function titled<T>(
  title: string,
  items: readonly T[],
  lines: (item: T) => readonly string[],
): string[] {
  if (items.length === 0) return [];
  const hidden = items.length - MOST_PAIRS;
  const rest = hidden > 0 ? [`  and ${number(hidden)} more; --json lists all`] : [];
  return [title, ...items.slice(0, MOST_PAIRS).flatMap(lines), ...rest];
}

function staleLines({ ref, agent, conflicts }: OverlapBranch, view: View): string[] {
  const who = agent === null ? '' : ` (${agent})`;
  return [`  ${view.paint.name(escapeText(ref))}${who}`, ...placeLines(conflicts, view)];
}

const conflictLines = (pair: OverlapPair, view: View): string[] => [
  `  ${pair.oneWay ? directed(pair.oneWay, view) : both(pair, view)}`,
  ...placeLines(pair.conflicts, view),
];

function sharedLines(pair: OverlapPair, places: readonly string[], view: View): string[] {
  const words = list(places.map(escapeText), 3);
  return [`  ${both(pair, view)}`, ...wrap(words, view.width, '    ')];
}

function breakLines({ code, message, hint }: SilentBreak, view: View): string[] {
  const said = wrap(`${code}: ${escapeText(message)}`, view.width, '    ', '  ');
  return [...said, ...(hint === undefined ? [] : hintLines(hint, view, '    '))];
}

/** A conflict one way round only. */
const directed = ({ earlier, later }: OneWay, { paint }: View): string =>
  `${paint.name(escapeText(later))} once ${paint.name(escapeText(earlier))} has landed, not the other way round`;

const both = ({ a, b }: OverlapPair, { paint }: View): string =>
  `${paint.name(escapeText(a))} and ${paint.name(escapeText(b))}`;

function placeLines(conflicts: OverlapPair['conflicts'], { width, paint }: View): string[] {
  const places = conflictPlaces(conflicts).map(escapeText);
  const hidden = places.length - MOST_PLACES;
  const rest = hidden > 0 ? [paint.faint(`    and ${count(hidden, 'more place')}`)] : [];
  return [...places.slice(0, MOST_PLACES).flatMap((place) => wrap(place, width, '    ')), ...rest];
}

const note = (label: string, message: string, { width }: View): string[] =>
  wrap(escapeText(message), width, '  ', `${label}: `);
