/** An undirected graph whose vertices have weights above 0. Made to be shrunk in place. */
export class WeightedGraph {
  readonly #weights = new Map<number, number>();
  readonly #neighbors = new Map<number, Set<number>>();
  /** Vertices whose surroundings changed since somebody looked. */
  readonly touched = new Set<number>();

  get size(): number {
    return this.#weights.size;
  }

  /** Vertices and ends of edges: what looking at all of it takes. */
  get volume(): number {
    let volume = this.size;
    for (const neighbors of this.#neighbors.values()) volume += neighbors.size;
    return volume;
  }

  vertices(): IterableIterator<number> {
    return this.#weights.keys();
  }

  has(vertex: number): boolean {
    return this.#weights.has(vertex);
  }

  weight(vertex: number): number {
    return this.#weights.get(vertex)!;
  }

  neighbors(vertex: number): ReadonlySet<number> {
    return this.#neighbors.get(vertex)!;
  }

  degree(vertex: number): number {
    return this.#neighbors.get(vertex)!.size;
  }

  add(vertex: number, weight: number): void {
    this.#weights.set(vertex, weight);
    this.#neighbors.set(vertex, new Set());
    this.touched.add(vertex);
  }

  setWeight(vertex: number, weight: number): void {
    this.#weights.set(vertex, weight);
    this.touched.add(vertex);
    for (const neighbor of this.neighbors(vertex)) this.touched.add(neighbor);
  }

  connect(a: number, b: number): void {
    if (a === b) return;
    this.#neighbors.get(a)!.add(b);
    this.#neighbors.get(b)!.add(a);
    this.touched.add(a).add(b);
  }

  remove(vertex: number): void {
    for (const neighbor of this.neighbors(vertex)) {
      this.#neighbors.get(neighbor)!.delete(vertex);
      this.touched.add(neighbor);
    }
    this.#weights.delete(vertex);
    this.#neighbors.delete(vertex);
  }

  /** Its own copy of some vertices, which must hold all neighbours of each; nothing counts as touched. */
  copy(vertices: Iterable<number> = this.vertices()): WeightedGraph {
    const graph = new WeightedGraph();
    for (const vertex of vertices) {
      graph.#weights.set(vertex, this.weight(vertex));
      graph.#neighbors.set(vertex, new Set(this.neighbors(vertex)));
    }
    return graph;
  }

  /** The vertices of each connected component. */
  components(): number[][] {
    const seen = new Set<number>();
    const components: number[][] = [];
    for (const start of this.vertices()) {
      if (seen.has(start)) continue;
      const component = [start];
      seen.add(start);
      for (const vertex of component)
        for (const neighbor of this.neighbors(vertex))
          if (!seen.has(neighbor)) {
            seen.add(neighbor);
            component.push(neighbor);
          }
      components.push(component);
    }
    return components;
  }
}
