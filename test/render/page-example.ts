import { parseOid } from '../../src/domain/refs.ts';
import type { PageData } from '../../src/domain/reports/page.ts';

/** The page of a repository with one file and nobody at work. */
export const pageExample: PageData = {
  name: 'post-office',
  at: 1_700_000_000_000,
  base: { ref: 'main', oid: parseOid('1'.repeat(40))! },
  policy: true,
  agents: [],
  map: {
    places: [{ layer: 'unowned', rule: null, owners: [], reason: 'no agent owns this' }],
    root: { name: '', folders: [], files: ['README.md'], places: 0 },
    touched: [],
  },
  branches: [],
  pairs: [],
  morePairs: 0,
  order: { steps: [], waves: 0, cost: nothing(), bound: nothing(), optimal: true },
  problem: null,
  worktrees: [],
  panels: [],
  notices: [],
};

function nothing(): { branches: number; lines: number } {
  return { branches: 0, lines: 0 };
}
