import { type Arc, successorsOf } from './topological-order.ts';

/**
 * The strongly connected components of a digraph: two vertices share one when each can reach the
 * other. Tarjan (1972), with its own stack so that long chains do not exhaust the call stack. Each
 * component is sorted, and so are the components by their first vertex.
 */
export function strongComponents(size: number, arcs: readonly Arc[]): number[][] {
  const successors = successorsOf(size, arcs);
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const open: number[] = [];
  const isOpen = new Uint8Array(size);
  const components: number[][] = [];
  let count = 0;
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    const path = [{ vertex: root, next: 0 }];
    while (path.length > 0) {
      const step = path.at(-1)!;
      const { vertex } = step;
      if (step.next === 0) {
        index[vertex] = low[vertex] = count++;
        open.push(vertex);
        isOpen[vertex] = 1;
      }
      const later = successors[vertex]![step.next++];
      if (later === undefined) {
        if (low[vertex] === index[vertex]) components.push(close(open, isOpen, vertex));
        path.pop();
        const parent = path.at(-1)?.vertex;
        if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[vertex]!);
      } else if (index[later] === -1) path.push({ vertex: later, next: 0 });
      else if (isOpen[later] === 1) low[vertex] = Math.min(low[vertex]!, index[later]!);
    }
  }
  return components.sort((a, b) => a[0]! - b[0]!);
}

/** Takes everything above and including `vertex` off the stack: one whole component. */
function close(open: number[], isOpen: Uint8Array, vertex: number): number[] {
  const component = open.splice(open.lastIndexOf(vertex));
  for (const member of component) isOpen[member] = 0;
  return component.sort((a, b) => a - b);
}
