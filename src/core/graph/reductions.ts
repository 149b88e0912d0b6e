import type { WeightedGraph } from './weighted-graph.ts';

/** A graph made smaller without losing its heaviest independent set. */
export interface Reduction {
  /** What the heaviest set of the original weighs more than that of the rest. */
  readonly offset: number;
  /** Turns an independent set of the rest into one of the original, heavier by the offset or more. */
  restore(members: Set<number>): void;
}

interface Step {
  readonly gain: number;
  readonly restore?: (members: Set<number>) => void;
}

type Rule = (graph: WeightedGraph, vertex: number) => Step | null;

/**
 * Shrinks the graph in place until no rule applies. The rules follow Lamm et al., "Exactly solving
 * the maximum weight independent set problem on large real-world graphs" (2019), and Gellner et
 * al., "Boosting data reduction" (2021), whose rule for two neighbours is widened here to any number.
 */
export function reduce(graph: WeightedGraph): Reduction {
  const steps: Step[] = [];
  for (const vertex of graph.touched) {
    graph.touched.delete(vertex);
    if (!graph.has(vertex)) continue;
    for (const rule of RULES) {
      const step = rule(graph, vertex);
      if (step === null) continue;
      steps.push(step);
      if (graph.has(vertex)) graph.touched.add(vertex);
      break;
    }
  }
  return {
    offset: steps.reduce((sum, step) => sum + step.gain, 0),
    restore: (members) => steps.reverse().forEach((step) => step.restore?.(members)),
  };
}

/** A vertex is taken when it weighs as much as any neighbours that could be taken instead of it. */
const takeHeavy: Rule = (graph, vertex) => {
  const neighbors = [...graph.neighbors(vertex)];
  const weight = graph.weight(vertex);
  if (weight < heaviestWithin(graph, neighbors)) return null;
  for (const gone of [...neighbors, vertex]) graph.remove(gone);
  return { gain: weight, restore: (members) => members.add(vertex) };
};

/**
 * Of a vertex whose neighbours form a clique, at most one of the whole clique is taken: the lighter
 * neighbours never, the heavier ones for what they weigh more.
 */
const transferSimplicial: Rule = (graph, vertex) => {
  const neighbors = [...graph.neighbors(vertex)];
  if (!isClique(graph, neighbors)) return null;
  const weight = graph.weight(vertex);
  const heavier = neighbors.filter((neighbor) => graph.weight(neighbor) > weight);
  for (const neighbor of neighbors)
    if (graph.weight(neighbor) <= weight) graph.remove(neighbor);
    else graph.setWeight(neighbor, graph.weight(neighbor) - weight);
  graph.remove(vertex);
  return {
    gain: weight,
    restore: (members) => {
      if (!heavier.some((neighbor) => members.has(neighbor))) members.add(vertex);
    },
  };
};

/**
 * When only its heaviest neighbour can outweigh a vertex, one of the two is taken. The heaviest
 * keeps what it weighs more; the others count only beside it, so what excludes it excludes them.
 */
const transferToHeaviest: Rule = (graph, vertex) => {
  const neighbors = [...graph.neighbors(vertex)];
  const weight = graph.weight(vertex);
  const heaviest = neighbors.reduce((a, b) => (graph.weight(b) > graph.weight(a) ? b : a));
  const others = neighbors.filter((neighbor) => neighbor !== heaviest);
  if (graph.weight(heaviest) <= weight || heaviestWithin(graph, others) > weight) return null;
  const beside = others.filter((other) => !graph.neighbors(heaviest).has(other));
  for (const other of others) if (!beside.includes(other)) graph.remove(other);
  graph.remove(vertex);
  graph.setWeight(heaviest, graph.weight(heaviest) - weight);
  for (const excluded of graph.neighbors(heaviest))
    for (const other of beside) graph.connect(other, excluded);
  return {
    gain: weight,
    restore: (members) => {
      if (beside.some((other) => members.has(other))) members.add(heaviest);
      else if (!members.has(heaviest)) members.add(vertex);
    },
  };
};

/** When only all neighbours together outweigh a vertex, they are folded into it for the difference. */
const foldNeighbors: Rule = (graph, vertex) => {
  const neighbors = [...graph.neighbors(vertex)];
  const weights = neighbors.map((neighbor) => graph.weight(neighbor));
  const weight = graph.weight(vertex);
  const together = weights.reduce((sum, each) => sum + each, 0);
  if (together - Math.min(...weights) > weight || !isIndependent(graph, neighbors)) return null;
  const around = new Set(neighbors.flatMap((neighbor) => [...graph.neighbors(neighbor)]));
  for (const gone of neighbors) graph.remove(gone);
  graph.setWeight(vertex, together - weight);
  for (const other of around) graph.connect(vertex, other);
  return {
    gain: weight,
    restore: (members) => {
      if (members.delete(vertex)) for (const neighbor of neighbors) members.add(neighbor);
      else members.add(vertex);
    },
  };
};

/** A vertex is left out when a neighbour weighs as much and excludes nothing else. */
const leaveDominated: Rule = (graph, vertex) => {
  const around = graph.neighbors(vertex);
  for (const neighbor of around) {
    if (graph.weight(neighbor) < graph.weight(vertex)) continue;
    if (graph.degree(neighbor) > around.size) continue;
    const inside = [...graph.neighbors(neighbor)].every(
      (other) => other === vertex || around.has(other),
    );
    if (!inside) continue;
    graph.remove(vertex);
    return { gain: 0 };
  }
  return null;
};

const RULES: readonly Rule[] = [
  takeHeavy,
  transferSimplicial,
  transferToHeaviest,
  foldNeighbors,
  leaveDominated,
];

/** More vertices than this are not tried in all combinations. */
const FEW = 6;

/** The weight of the heaviest independent set within a few vertices; of many, what none exceeds. */
function heaviestWithin(graph: WeightedGraph, vertices: readonly number[]): number {
  const [first, ...rest] = vertices;
  if (first === undefined) return 0;
  if (vertices.length > FEW) return vertices.reduce((sum, each) => sum + graph.weight(each), 0);
  const excluded = graph.neighbors(first);
  const apart = rest.filter((vertex) => !excluded.has(vertex));
  const taken = graph.weight(first) + heaviestWithin(graph, apart);
  return apart.length === rest.length ? taken : Math.max(taken, heaviestWithin(graph, rest));
}

const isClique = (graph: WeightedGraph, vertices: readonly number[]): boolean =>
  vertices.every((vertex, at) => {
    const neighbors = graph.neighbors(vertex);
    return vertices.every((other, before) => before >= at || neighbors.has(other));
  });

const isIndependent = (graph: WeightedGraph, vertices: readonly number[]): boolean =>
  vertices.every((vertex) => {
    const neighbors = graph.neighbors(vertex);
    return !vertices.some((other) => neighbors.has(other));
  });
