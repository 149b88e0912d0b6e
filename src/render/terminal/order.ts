import type { Report } from '../../domain/report.ts';
import type { OrderData, OrderEntry } from '../../domain/reports/order.ts';
import { escapeText } from '../escape.ts';
import {
  boundEntries,
  constant,
  costs,
  freeWords,
  orderHeadline,
  outcomeWords,
  replayNotes,
  why,
} from '../order-words.ts';
import type { View } from '../view.ts';
import { count, list, number, pad, widest, wrap } from '../words.ts';

/** Branches told one by one; the rest is counted. */
const MOST_ENTRIES = 40;
/** Branches that can land at any time, by name. */
const MOST_FREE = 12;
const MOST_NOTES = 12;

/** The answer of `order` for people: waves with reasons, then costs, then what the replay showed. */
export function renderOrder({ data }: Report<OrderData>, view: View): string {
  const bound = boundEntries(data);
  const free = data.order.filter((entry) => !bound.includes(entry));
  const blocks = [
    wrap(escapeText(orderHeadline(data)), view.width).map(view.paint.strong),
    ...waves(data, bound, free, view),
    costLines(data, view),
    testLines(data, view),
    cut(replayNotes(data), MOST_NOTES).flatMap((note) =>
      wrap(escapeText(note), view.width, '  ', 'replay: '),
    ),
  ];
  const shown = blocks.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** What a command said of the merges. */
function testLines({ tested }: OrderData, view: View): string[] {
  if (tested === null) return [];
  const { command, failing, runs } = tested;
  const head = `tested: ${command}, ${count(runs, 'run')}`;
  const red =
    failing.length === 0
      ? []
      : [
          `${list(failing, MOST_FREE)} ${failing.length === 1 ? 'fails' : 'fail'}, whatever lands before`,
        ];
  return [head, ...red].flatMap((line) => wrap(escapeText(line), view.width, '  ', ''));
}

/** One block for each wave; those of the first that conflict with nobody close it, in one row. */
function waves(
  data: OrderData,
  entries: readonly OrderEntry[],
  free: readonly OrderEntry[],
  view: View,
): string[][] {
  const { anyOrder, waves: all } = data;
  const shown = entries.slice(0, MOST_ENTRIES);
  const hidden = entries.length - shown.length;
  const numbers = [...new Set([...(free.length > 0 ? [1] : []), ...shown.map(({ wave }) => wave)])];
  const blocks = numbers.map((wave) => {
    const members = shown.filter((entry) => entry.wave === wave);
    return [
      view.paint.strong(`Wave ${wave}${howOf(all[wave - 1]!.length, anyOrder[wave - 1] ?? false)}`),
      ...members.flatMap((entry) => entryLines(entry, view)),
      ...(wave === 1 ? freeLines(data, free, view) : []),
    ];
  });
  const more = `and ${count(hidden, 'more branch', 'more branches')}; --json lists all`;
  return hidden > 0 ? [...blocks, [view.paint.faint(more)]] : blocks;
}

/** What is known about the order within a wave. */
function howOf(size: number, any: boolean): string {
  if (size < 2) return '';
  return any ? ', in any order' : ', in this order';
}

function entryLines(entry: OrderEntry, { paint, width }: View): string[] {
  const tell = entry.outcome === 'clean' ? paint.good : paint.warn;
  const place = number(entry.position).padStart(4);
  return [
    `${place}  ${paint.name(escapeText(entry.ref))}  ${tell(outcomeWords(entry))}`,
    ...wrap(escapeText(why(entry)), width, '      '),
  ];
}

/** Branches without a story: they land at any time. */
function freeLines(data: OrderData, free: readonly OrderEntry[], { paint, width }: View): string[] {
  if (free.length === 0) return [];
  const [first, last] = [free[0]!.position, free.at(-1)!.position];
  const place = (first === last ? number(first) : `${number(first)}-${number(last)}`).padStart(4);
  const names = list(
    free.map(({ ref }) => escapeText(ref)),
    MOST_FREE,
  );
  return [
    `${place}  ${paint.good('clean')}: ${freeWords(data, free)}`,
    ...wrap(names, width, '      '),
  ];
}

/** A table of two numbers each, and what is known about them. */
function costLines(data: OrderData, { paint, width }: View): string[] {
  if (data.hunks === 0 && data.cost.branches === 0) return [];
  const rows = costs(data).map(({ name, cost, note }) => ({
    name,
    branches: number(cost.branches),
    lines: number(cost.lines),
    note,
  }));
  const name = widest(['Cost', ...rows.map((row) => row.name)]);
  const lines = rows.map((row) => {
    const numbers = `${pad(row.name, name)}  ${row.branches.padStart(8)}  ${row.lines.padStart(7)}`;
    return row.note === ''
      ? [numbers]
      : wrap(escapeText(row.note), width, ' '.repeat(name + 21), `${numbers}  `);
  });
  const same = constant(data);
  return [
    paint.strong(`${pad('Cost', name)}  branches    lines`),
    ...lines.flat(),
    ...(same === null ? [] : wrap(same, width).map(paint.faint)),
  ];
}

function cut(notes: readonly string[], most: number): string[] {
  const hidden = notes.length - most;
  return hidden > 0
    ? [...notes.slice(0, most), `and ${number(hidden)} more; --json lists all`]
    : [...notes];
}
