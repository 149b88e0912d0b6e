import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import type { CoChange } from './co-change.ts';
import type { Unit } from './units.ts';

// The package is CommonJS: what its types call `default` is the module itself in Node.
const louvain = louvainModule as unknown as typeof louvainModule.default;

/** What lying in one directory counts for, against one commit that changed two units. */
const NEARNESS = 0.4;

/**
 * Units that change together, found by Louvain's method in the graph of what changed together.
 * Directories are nodes as well, so that what never changed goes with what it lies beside.
 *
 * @param resolution above 1 more and smaller communities, below 1 fewer and larger ones
 * @returns the community of each unit, numbered from 0
 */
export function findCommunities(
  units: readonly Unit[],
  changes: readonly CoChange[],
  resolution: number,
): number[] {
  const graph = new UndirectedGraph();
  const node = (index: number): string => `u${index}`;
  units.forEach((_, index) => graph.addNode(node(index)));
  const join = (a: string, b: string, weight: number): void => {
    if (graph.hasEdge(a, b))
      graph.updateEdgeAttribute(a, b, 'weight', (old) => Number(old) + weight);
    else graph.addEdge(a, b, { weight });
  };
  for (const { units: changed, weight } of changes)
    for (const [at, a] of changed.entries())
      for (const b of changed.slice(at + 1)) join(node(a), node(b), weight / (changed.length - 1));
  units.forEach(({ directory }, index) => {
    let below = node(index);
    for (
      let path = directory;
      path !== '';
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    ) {
      const known = graph.hasNode(`d${path}`);
      if (!known) graph.addNode(`d${path}`);
      if (!graph.hasEdge(below, `d${path}`)) join(below, `d${path}`, NEARNESS);
      if (known) break;
      below = `d${path}`;
    }
  });
  const found = louvain(graph, { resolution, rng: steadyRandom(), getEdgeWeight: 'weight' });
  const numbers = new Map<number, number>();
  return units.map((_, index) => {
    const community = found[node(index)]!;
    const number = numbers.get(community) ?? numbers.size;
    numbers.set(community, number);
    return number;
  });
}

/** Numbers from 0 to 1 that are the same in every run: the proposal must be, too. (mulberry32) */
function steadyRandom(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
