import { describe, expect, it } from 'vitest';
import type { PageOrder, PageStep } from '../../src/domain/reports/page.ts';
import type { FolderNode } from '../../src/page/ground/model.ts';
import { layOutMap } from '../../src/page/map/lay-out-map.ts';
import { stepFrom } from '../../src/page/map/step-from.ts';
import { layOutWaves } from '../../src/page/order/lay-out-waves.ts';

/** A tree in which every folder has so many folders, down to a depth, and so many files. */
function tree(width: number, depth: number, files: number, path = ''): FolderNode {
  const below = (name: string): string => (path === '' ? name : `${path}/${name}`);
  const folders =
    depth === 0
      ? []
      : Array.from({ length: width }, (_, at) => tree(width, depth - 1, files, below(`d${at}`)));
  const own = Array.from({ length: files }, (_, at) => ({
    path: below(`f${at}`),
    name: `f${at}`,
    place: 0,
    touch: null,
  }));
  const total = files + folders.reduce((sum, folder) => sum + folder.total, 0);
  const name = path.split('/').at(-1)!;
  return {
    path,
    name,
    parent: null,
    folders,
    files: own,
    total,
    shares: new Map([[0, total]]),
    unnamed: [],
    touches: [],
  };
}

const inside = (
  a: { left: number; top: number; width: number; height: number },
  width: number,
  height: number,
): boolean => a.left >= 0 && a.top >= 0 && a.left + a.width <= width && a.top + a.height <= height;

describe('layOutMap', () => {
  it.each([
    ['a handful of files', tree(0, 0, 5), 900, 600],
    ['folders in folders', tree(4, 3, 6), 900, 600],
    ['50,000 files', tree(10, 3, 45), 900, 600],
    ['100,000 files in one folder', tree(0, 0, 100_000), 900, 600],
    ['a narrow screen', tree(6, 3, 6), 368, 340],
  ])(
    'has everything of %s once, within bounds, in no more parts than can be seen',
    (_name, root, width, height) => {
      const cells = layOutMap(root, width, height);
      const whole = cells.filter(({ kind }) => kind !== 'frame');
      expect(whole.reduce((sum, { total }) => sum + total, 0)).toBe(root.total);
      expect(cells.every((cell) => inside(cell, width, height))).toBe(true);
      expect(cells.length).toBeLessThan(600);
      expect(new Set(cells.map(({ key }) => key)).size).toBe(cells.length);
      const over = whole.flatMap((a, at) =>
        whole
          .slice(at + 1)
          .filter(
            (b) =>
              Math.min(a.left + a.width, b.left + b.width) > Math.max(a.left, b.left) &&
              Math.min(a.top + a.height, b.top + b.height) > Math.max(a.top, b.top),
          )
          .map((b) => [a.key, b.key]),
      );
      expect(over).toEqual([]);
    },
  );

  it('is the same each time', () => {
    expect(layOutMap(tree(4, 3, 6), 900, 600)).toEqual(layOutMap(tree(4, 3, 6), 900, 600));
  });

  it('is empty where there is nothing', () => {
    expect(layOutMap(tree(0, 0, 0), 900, 600)).toEqual([]);
  });
});

describe('stepFrom', () => {
  const cells = layOutMap(tree(4, 2, 6), 900, 600);
  it('goes where the arrow points, and stops at the edge', () => {
    const right = stepFrom(cells, 0, 'ArrowRight')!;
    expect(right.left).toBeGreaterThan(cells[0]!.left);
    const most = cells.reduce((a, b) => (a.left >= b.left ? a : b));
    expect(stepFrom(cells, cells.indexOf(most), 'ArrowRight')).toBeUndefined();
    expect(stepFrom(cells, 0, 'End')).toBe(cells.at(-1));
    expect(stepFrom(cells, 0, 'PageUp')).toBe(cells[0]);
    expect(stepFrom(cells, 3, 'PageDown')).toBe(cells[4]);
  });
});

/** Steps in which each waits for those before it that `waits` names. */
const order = (waits: readonly (readonly number[])[], waves: readonly number[]): PageOrder => ({
  steps: waits.map((list, branch): PageStep => ({
    branch,
    wave: waves[branch]!,
    waits: list.map((other) => ({ branch: other, why: 'conflict' })),
    cost: { branches: 0, lines: 0 },
    outcome: list.length > 0 ? 'rework' : 'clean',
    reason: '',
  })),
  waves: Math.max(0, ...waves),
  cost: { branches: 0, lines: 0 },
  bound: { branches: 0, lines: 0 },
  optimal: true,
});

describe('layOutWaves', () => {
  it('has a column for each wave, a card for each branch that waits or is waited for, and arrows', () => {
    const picture = layOutWaves(order([[], [], [0], [0, 2]], [1, 1, 2, 3]));
    expect(picture.cards.map(({ step }) => step.branch)).toEqual([0, 2, 3]);
    expect(picture.free.map(({ branch }) => branch)).toEqual([1]);
    expect(picture.columns.map(({ wave }) => wave)).toEqual([1, 2, 3]);
    expect(picture.arrows.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [0, 3],
      [2, 3],
    ]);
    const lefts = picture.columns.map(({ left }) => left);
    expect([...lefts].sort((a, b) => a - b)).toEqual(lefts);
    for (const { step, left } of picture.cards) expect(left).toBe(lefts[step.wave - 1]);
  });

  it('draws no card over another, and none outside', () => {
    const waits = Array.from({ length: 60 }, (_, at) => (at < 20 ? [] : [at % 20, (at * 7) % 20]));
    const picture = layOutWaves(
      order(
        waits,
        waits.map((list) => (list.length > 0 ? 2 : 1)),
      ),
    );
    expect(picture.cards.length + picture.more).toBe(60);
    expect(picture.cards.length).toBeLessThanOrEqual(48);
    for (const a of picture.cards) {
      expect(a.top + a.height).toBeLessThanOrEqual(picture.height);
      for (const b of picture.cards)
        if (a !== b && a.left === b.left)
          expect(a.top + a.height <= b.top || b.top + b.height <= a.top).toBe(true);
    }
  });

  it('stays small for a clique of 300', () => {
    const waits = Array.from({ length: 300 }, (_, at) =>
      Array.from({ length: at }, (__, other) => other),
    );
    const picture = layOutWaves(
      order(
        waits,
        waits.map((_, at) => at + 1),
      ),
    );
    expect(picture.cards.length).toBeLessThanOrEqual(48);
    expect(picture.arrows.length).toBeLessThanOrEqual(4 * 48);
  });

  it('is nothing where nobody waits', () => {
    expect(layOutWaves(order([[], []], [1, 1]))).toMatchObject({ cards: [], width: 0, more: 0 });
  });
});
