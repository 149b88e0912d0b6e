import type { Report } from '../../domain/report.ts';
import type { OrderData, OrderEntry } from '../../domain/reports/order.ts';
import { escapeText } from '../escape.ts';
import {
  boundEntries,
  constant,
  costs,
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
    ...waves(bound, view),
    freeLines(free, bound.length > 0, view),
    costLines(data, view),
    cut(replayNotes(data), MOST_NOTES).flatMap((note) =>
      wrap(escapeText(note), view.width, '  ', 'replay: '),
    ),
  ];
  const shown = blocks.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** One block for each wave that holds a branch with a story. */
function waves(entries: readonly OrderEntry[], view: View): string[][] {
  const shown = entries.slice(0, MOST_ENTRIES);
  const hidden = entries.length - shown.length;
  const numbers = [...new Set(shown.map(({ wave }) => wave))];
  const blocks = numbers.map((wave) => {
    const members = shown.filter((entry) => entry.wave === wave);
    return [
      view.paint.strong(`Wave ${wave}${members.length > 1 ? ', in any order' : ''}`),
      ...members.flatMap((entry) => entryLines(entry, view)),
    ];
  });
  const more = `and ${count(hidden, 'more branch', 'more branches')}; --json lists all`;
  return hidden > 0 ? [...blocks, [view.paint.faint(more)]] : blocks;
}

function entryLines(entry: OrderEntry, { paint, width }: View): string[] {
  const tell = entry.outcome === 'clean' ? paint.good : paint.warn;
  const place = number(entry.position).padStart(4);
  return [
    `${place}  ${paint.name(escapeText(entry.ref))}  ${tell(outcomeWords(entry))}`,
    ...wrap(escapeText(why(entry)), width, '      '),
  ];
}

function freeLines(free: readonly OrderEntry[], others: boolean, { paint, width }: View): string[] {
  if (free.length === 0) return [];
  const title = others ? 'At any time' : 'In any order';
  const words = `${count(free.length, 'branch', 'branches')} that ${free.length === 1 ? 'conflicts' : 'conflict'} with no other`;
  const names = list(
    free.map(({ ref }) => escapeText(ref)),
    MOST_FREE,
  );
  return [paint.strong(`${title}: ${words}`), ...wrap(names, width, '  ')];
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
