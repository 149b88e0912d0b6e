import { formatDuration } from '../../../domain/text/duration.ts';
import type { LimitName } from '../../../domain/ownership.ts';
import type { HookState } from '../../../domain/reports/init.ts';
import type { StatusData, StatusRow } from '../../../domain/reports/status.ts';
import { escapeText } from '../../escape.ts';
import type { Paint, View } from '../../view.ts';
import { columns, number, pad, widest } from '../../words.ts';

interface Column {
  readonly head: string;
  /** '' where there is nothing to say; a column that says nothing in any row is left out. */
  text(row: StatusRow, data: StatusData): string;
  tell?(row: StatusRow): keyof Paint | null;
  readonly align?: 'right';
  /** Fewest columns it may be cut to, from its beginning. */
  readonly least?: number;
  /** Those with the largest number go first where the terminal is narrow; 0 stays. */
  readonly drop: number;
}

const COLUMNS: readonly Column[] = [
  { head: '', text: ({ worktree }) => (worktree?.here ? '*' : ' '), drop: 0 },
  { head: 'agent', text: ({ agent }) => agent ?? '-', tell: () => 'name', drop: 0 },
  { head: 'branch', text: branchText, tell: () => 'name', least: 12, drop: 0 },
  {
    head: 'worktree',
    text: ({ worktree }) => escapeText(worktree?.relative ?? '-'),
    least: 8,
    drop: 8,
  },
  { head: 'ahead', text: ({ standing }) => some(standing?.ahead), align: 'right', drop: 5 },
  {
    head: 'behind',
    text: (row) => some(row.standing?.behind) + overMark(row, 'behind'),
    tell: (row) => overLimit(row, 'behind'),
    align: 'right',
    drop: 2,
  },
  {
    head: 'age',
    text: ageText,
    tell: (row) => overLimit(row, 'age'),
    align: 'right',
    drop: 7,
  },
  {
    head: 'lines',
    text: linesText,
    tell: (row) => overLimit(row, 'lines'),
    align: 'right',
    drop: 3,
  },
  { head: 'dirty', text: dirtyText, align: 'right', drop: 6 },
  {
    head: 'outside',
    text: ({ worktree }) => some(worktree?.changes?.outside.length),
    tell: () => 'bad',
    align: 'right',
    drop: 1,
  },
  { head: 'hooks', text: hooksText, tell: () => 'bad', drop: 4 },
];

const GAP = 2;

/** One line for each row, as many columns as fit; the heading first. */
export function statusTable(data: StatusData, view: View): string[] {
  const cells = COLUMNS.map((column) => ({
    column,
    texts: data.rows.map((row) => column.text(row, data)),
  }));
  const filled = cells.filter(({ texts }) => texts.some((text) => text !== ''));
  const chosen = fitting(
    filled.map(({ column, texts }) => ({
      column,
      texts,
      width: widest([column.head, ...texts]),
    })),
    view.width,
  );
  const heading = chosen.map(({ column, width }) => align(column.head, width, column.align));
  return [
    view.paint.faint(heading.join(' '.repeat(GAP)).trimEnd()),
    ...data.rows.map((row, at) => {
      const line = chosen.map(({ column, texts, width }) => {
        const text = align(cut(texts[at]!, width), width, column.align);
        const tell = column.tell?.(row) ?? null;
        return tell === null ? text : view.paint[tell](text);
      });
      return line.join(' '.repeat(GAP)).trimEnd();
    }),
  ];
}

interface Fitted {
  readonly column: Column;
  readonly texts: readonly string[];
  readonly width: number;
}

/** Leaves out and narrows columns until a line is no wider than the terminal. */
function fitting(all: readonly Fitted[], width: number): readonly Fitted[] {
  const least = ({ column, width: natural }: Fitted): number =>
    Math.min(natural, column.least ?? natural);
  const total = (widths: readonly number[]): number =>
    widths.reduce((sum, each) => sum + each, GAP * (widths.length - 1));
  let kept = all;
  while (total(kept.map(least)) > width) {
    const last = Math.max(...kept.map(({ column }) => column.drop));
    if (last === 0) break;
    kept = kept.filter(({ column }) => column.drop !== last);
  }
  let excess = total(kept.map((each) => each.width)) - width;
  // From the right: a branch is worth more than the directory it is in.
  const narrowed = kept.toReversed().map((each) => {
    const narrower = Math.max(least(each), each.width - Math.max(0, excess));
    excess -= each.width - narrower;
    return { ...each, width: narrower };
  });
  return narrowed.toReversed();
}

const align = (text: string, width: number, side: Column['align']): string =>
  side === 'right' ? ' '.repeat(Math.max(0, width - columns(text))) + text : pad(text, width);

/** The end of a name tells branches and directories apart better than its beginning. */
const cut = (text: string, width: number): string =>
  columns(text) <= width
    ? text
    : `..${Array.from(text)
        .slice(2 - width)
        .join('')}`;

const some = (value: number | undefined): string => (value ? number(value) : '');

export function branchText({ branch, head }: StatusRow): string {
  if (branch !== null) return escapeText(branch);
  return head === null ? 'no commit yet' : `detached ${head.slice(0, 7)}`;
}

/** The largest unit will do. */
function ageText(row: StatusRow): string {
  const age = row.standing?.age ?? 0;
  return age === 0 ? '' : formatDuration(age).split(' ')[0]! + overMark(row, 'age');
}

function linesText(row: StatusRow, { limits }: StatusData): string {
  const { standing, agent } = row;
  if (!standing?.lines) return '';
  const limit = agent === null || limits.lines === null ? '' : `/${number(limits.lines)}`;
  return number(standing.lines) + limit + overMark(row, 'lines');
}

function dirtyText({ worktree }: StatusRow): string {
  const { changes } = worktree ?? {};
  return some(changes?.total) + (changes?.untrackedMore ? '+' : '');
}

/** The worst of the events. */
function hooksText({ worktree }: StatusRow, { unguarded }: StatusData): string {
  // Said once for all of them.
  if (unguarded !== null) return '';
  const states = new Set(worktree?.hooks.map(({ state }) => state));
  const order: readonly HookState[] = [
    'missing',
    'inert',
    'skipped',
    'unguarded',
    'failing',
    'unproven',
  ];
  return order.find((state) => states.has(state)) ?? '';
}

const isOver = ({ standing }: StatusRow, name: LimitName): boolean =>
  standing?.over.includes(name) ?? false;

const overLimit = (row: StatusRow, name: LimitName): 'warn' | null =>
  isOver(row, name) ? 'warn' : null;

/** Not everybody sees the colour. */
const overMark = (row: StatusRow, name: LimitName): string => (isOver(row, name) ? '!' : '');
