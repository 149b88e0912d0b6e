import type { Cell } from './lay-out-map.ts';

/** Which way an arrow key goes: by pixels. */
const WAYS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
};

export const isArrow = (key: string): boolean => key in WAYS;

/**
 * The cell an arrow key leads to: of those that begin further that way, the nearest one, where
 * going aside counts double. Undefined at the edge.
 */
export function neighbour(cells: readonly Cell[], from: Cell, key: string): Cell | undefined {
  const [x, y] = WAYS[key]!;
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
