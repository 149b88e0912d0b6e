import type { Cell } from './lay-out-map.ts';

/** Which way an arrow key goes. */
const WAYS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
};

/** Keys that go from one end to the other, or through everything in the order of the page. */
const JUMPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  End: (_at, last) => last,
  Home: () => 0,
  PageDown: (at, last) => Math.min(at + 1, last),
  PageUp: (at) => Math.max(at - 1, 0),
};

export const isStep = (key: string): boolean => key in WAYS || key in JUMPS;

/** The cell a key leads to; undefined where there is none that way. */
export function stepFrom(cells: readonly Cell[], at: number, key: string): Cell | undefined {
  const jump = JUMPS[key];
  return jump ? cells[jump(at, cells.length - 1)] : neighbour(cells, cells[at]!, WAYS[key]!);
}

/** Of the cells that begin further that way, the nearest one, where going aside counts double. */
function neighbour(
  cells: readonly Cell[],
  from: Cell,
  [x, y]: readonly [number, number],
): Cell | undefined {
  let best: Cell | undefined;
  let least = Infinity;
  for (const cell of cells) {
    const [right, down] = [cell.left - from.left, cell.top - from.top];
    const along = right * x + down * y;
    if (along <= 0) continue;
    const distance = along + 2 * Math.abs(right * y + down * x);
    if (distance < least) [best, least] = [cell, distance];
  }
  return best;
}
