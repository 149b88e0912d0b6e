import type { BoardData } from '../../../domain/reports/board.ts';
import type { OrderEntry } from '../../../domain/reports/order.ts';
import { list, number } from '../../words.ts';
import type { BranchNames } from '../branch-names.ts';
import { foldingTable } from '../folding-table.ts';
import { partnersOf, whoPays } from '../who-pays.ts';

const MOST_PLACES = 3;

/** Above what `waitingRow` gives. */
export const WAITING_HEAD = ['Pull request', 'After', 'Who pays, and where'];

/** What lands after something else, wave by wave: after what, why, and who pays. */
export function waitingWaves(
  { order }: BoardData,
  names: BranchNames,
  budget: number,
): (string | null)[] {
  const later = (order?.order ?? []).filter(({ ref, wave }) => wave > 1 && !names.isDraft(ref));
  const listed = foldingTable(
    'What waits for what',
    ['Wave', ...WAITING_HEAD],
    later.map((entry) => row(entry, names)),
    budget,
  );
  return listed === null ? [] : [listed, wavesNote(order?.anyOrder ?? [])];
}

/** Who lands after whom, without the wave. */
export const waitingRow = (entry: OrderEntry, names: BranchNames): string[] => [
  names.full(entry.ref),
  partnersOf(entry, names),
  whoPays(entry, names),
];

const row = (entry: OrderEntry, names: BranchNames): string[] => [
  number(entry.wave),
  ...waitingRow(entry, names),
];

function wavesNote(anyOrder: readonly boolean[]): string {
  const ordered = anyOrder.flatMap((any, at) => (any || at === 0 ? [] : [number(at + 1)]));
  const rest =
    ordered.length === 0 ? '' : `; in wave ${list(ordered)} only the order given here was tried`;
  return `<sub>A wave can land, in any order, once what it waits for has${rest}.</sub>`;
}

/** What cannot land because what it comes after cannot. */
export function heldBack(
  { order, overlap }: BoardData,
  names: BranchNames,
  budget: number,
): string | null {
  const stale = new Set(
    overlap.branches.filter(({ base }) => base === 'conflict').map(({ ref }) => ref),
  );
  const held = new Set((order?.waiting ?? []).map(({ ref }) => ref));
  const because = (ref: string): string => {
    if (stale.has(ref)) return `${names.link(ref)}, which no longer merges`;
    return held.has(ref) ? `${names.link(ref)}, which waits itself` : names.link(ref);
  };
  const rows = (order?.waiting ?? []).map(({ ref, for: others }) => [
    names.full(ref),
    list(others.toSorted((a, b) => names.compare(a, b)).map(because), MOST_PLACES),
  ]);
  return foldingTable('Wait for what cannot land', ['Pull request', 'Comes after'], rows, budget);
}
