import { cliqueCover } from './clique-cover.ts';
import { reduce } from './reductions.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/**
 * How much more a search may look at: vertices and edges of all graphs in its tree. Shared by the
 * searches for one answer. It counts instead of measuring time, so the answer is always the same.
 */
export interface Budget {
  steps: number;
}

export interface IndependentSet {
  readonly members: readonly number[];
  readonly weight: number;
  /** No independent set is heavier. Equal to `weight` when the search was not cut short. */
  readonly bound: number;
}

/**
 * A heaviest independent set, by reductions and branch and bound over connected components. Uses
 * the graph up. When the budget ends, the best set found and a bound that still holds.
 */
export function heaviestIndependentSet(graph: WeightedGraph, budget: Budget): IndependentSet {
  return solve(graph, -1, budget);
}

/** As above, but may stop as soon as nothing heavier than `floor` can be found. */
function solve(graph: WeightedGraph, floor: number, budget: Budget): IndependentSet {
  const { offset, restore } = reduce(graph);
  const parts = graph.components().map((vertices) => {
    const part = graph.copy(vertices);
    return { part, cover: cliqueCover(part) };
  });
  let bound = parts.reduce((sum, { cover }) => sum + cover, offset);
  let weight = offset;
  const members = new Set<number>();
  for (const { part, cover } of parts) {
    const others = bound - cover;
    const found =
      bound <= floor ? greedy(part, cover) : branch(part, cover, floor - others, budget);
    bound = others + found.bound;
    weight += found.weight;
    for (const vertex of found.members) members.add(vertex);
  }
  restore(members);
  return { members: [...members], weight, bound };
}

/** Takes and leaves out the vertex of highest degree, which takes most of the graph with it. */
function branch(part: WeightedGraph, cover: number, floor: number, budget: Budget): IndependentSet {
  let best = greedy(part, cover);
  if (cover <= Math.max(floor, best.weight) || budget.steps <= 0) return best;
  budget.steps -= part.volume;
  const vertex = busiest(part);
  const weight = part.weight(vertex);
  const rest = part.copy();
  for (const neighbor of part.neighbors(vertex)) rest.remove(neighbor);
  rest.remove(vertex);
  const taken = solve(rest, Math.max(floor, best.weight) - weight, budget);
  if (taken.weight + weight > best.weight)
    best = { ...best, members: [...taken.members, vertex], weight: taken.weight + weight };
  part.remove(vertex);
  const left = solve(part, Math.max(floor, best.weight), budget);
  if (left.weight > best.weight) best = left;
  const bound = Math.min(cover, Math.max(taken.bound + weight, left.bound, best.weight));
  return { ...best, bound };
}

function busiest(graph: WeightedGraph): number {
  let best = -1;
  for (const vertex of graph.vertices()) {
    const difference = best === -1 ? 1 : graph.degree(vertex) - graph.degree(best);
    const heavier = difference === 0 && graph.weight(vertex) - graph.weight(best);
    if (difference > 0 || (heavier !== false && (heavier > 0 || (heavier === 0 && vertex < best))))
      best = vertex;
  }
  return best;
}

/** A maximal set: heaviest for its degree first. */
function greedy(graph: WeightedGraph, bound: number): IndependentSet {
  const value = (vertex: number): number => graph.weight(vertex) / (graph.degree(vertex) + 1);
  const order = [...graph.vertices()]
    .map((vertex) => ({ vertex, value: value(vertex) }))
    .sort((a, b) => b.value - a.value || a.vertex - b.vertex);
  const blocked = new Set<number>();
  const members: number[] = [];
  let weight = 0;
  for (const { vertex } of order) {
    if (blocked.has(vertex)) continue;
    members.push(vertex);
    weight += graph.weight(vertex);
    for (const neighbor of graph.neighbors(vertex)) blocked.add(neighbor);
  }
  return { members, weight, bound };
}
