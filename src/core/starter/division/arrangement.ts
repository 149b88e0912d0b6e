import type { CoChange } from './co-change.ts';
import type { PlaceTree, UnitGroup } from './place-tree.ts';
import type { Unit } from './units.ts';

/** What each part beyond the second adds to a commit over several. */
const FURTHER = 0.15;
/** What unequal parts cost, against all commits. */
const UNEQUAL = 0.12;
/** What a part costs that is too small for anyone to work in, against all commits. */
const SHORT = 0.5;

/** The units, what changed together, and how large a part may be. */
export interface DivisionProblem {
  readonly units: readonly Unit[];
  readonly changes: readonly CoChange[];
  /** How many parts. */
  readonly parts: number;
  /** Share of each unit in the whole, by changes and by files; the sum is 1. */
  readonly sizes: readonly number[];
  /** The largest share a part may have, and the smallest that is worth an agent. */
  readonly most: number;
  readonly least: number;
  /** For each unit, the indices of the changes it is in. */
  readonly changesOf: readonly (readonly number[])[];
}

export function makeProblem(
  units: readonly Unit[],
  changes: readonly CoChange[],
  parts: number,
): DivisionProblem {
  const load = units.reduce((sum, unit) => sum + unit.load, 0) || 1;
  const files = units.reduce((sum, unit) => sum + unit.files.length, 0) || 1;
  const known = load > 1 ? 0.75 : 0;
  const changesOf = units.map((): number[] => []);
  changes.forEach((change, index) => change.units.forEach((unit) => changesOf[unit]!.push(index)));
  return {
    units,
    changes,
    parts,
    sizes: units.map(
      (unit) => (known * unit.load) / load + ((1 - known) * unit.files.length) / files,
    ),
    most: parts === 2 ? 0.72 : 2 / parts,
    least: 0.4 / parts,
    changesOf,
  };
}

/** Units that can move at once, and the indices of the changes that they are in. */
export interface MovableGroup extends UnitGroup {
  readonly changes: readonly number[];
}

/** Which part each unit is in, kept together with what that costs. */
export class Arrangement {
  readonly partOf: number[];
  readonly sizes: number[];
  /** How many units of each change are in each part. */
  readonly #inChange: number[][];
  readonly #places: PlaceTree;
  readonly #problem: DivisionProblem;
  readonly #weight: number;
  #globs: number;
  /** What a glob costs, against all commits. */
  globPrice = 0;

  constructor(problem: DivisionProblem, places: PlaceTree, partOf: readonly number[]) {
    const none = (): number[] => new Array<number>(problem.parts).fill(0);
    this.#problem = problem;
    this.#weight = problem.changes.reduce((sum, { weight }) => sum + weight, 0) || 1;
    this.partOf = [...partOf];
    this.sizes = none();
    this.#inChange = problem.changes.map(none);
    this.#places = places;
    partOf.forEach((part, unit) => this.#count(unit, part, 1));
    this.#globs = places.length(partOf);
  }

  #count(unit: number, part: number, by: 1 | -1): void {
    const { changesOf, sizes } = this.#problem;
    for (const change of changesOf[unit]!) this.#inChange[change]![part]! += by;
    this.sizes[part]! += by * sizes[unit]!;
  }

  move(units: readonly number[], to: number): void {
    this.#shift(units, to);
    this.#globs = this.#places.length(this.partOf);
  }

  #shift(units: readonly number[], to: number): void {
    for (const unit of units) {
      this.#count(unit, this.partOf[unit]!, -1);
      this.partOf[unit] = to;
      this.#count(unit, to, 1);
    }
  }

  /** How much less it costs, once these units are in that part; it is left as it was. */
  gain(group: MovableGroup, to: number): number {
    const { units, changes } = group;
    const globs = this.#places.lengthIf(group, to, this.partOf);
    const before = this.#costOf(changes, this.#globs);
    const from = units.map((unit) => this.partOf[unit]!);
    this.#shift(units, to);
    const after = this.#costOf(changes, globs);
    units.forEach((unit, at) => this.#shift([unit], from[at]!));
    return before - after;
  }

  fits(units: readonly number[], to: number): boolean {
    const { sizes, most } = this.#problem;
    const leaving = new Map<number, number>();
    for (const unit of units) {
      const from = this.partOf[unit]!;
      if (from !== to) leaving.set(from, (leaving.get(from) ?? 0) + sizes[unit]!);
    }
    const added = [...leaving.values()].reduce((sum, size) => sum + size, 0);
    const left = [...leaving].every(([part, size]) => this.sizes[part]! - size > 1e-9);
    return (
      left &&
      (this.sizes[to]! + added <= most || this.sizes[to]! + added <= Math.max(...this.sizes))
    );
  }

  cost(): number {
    return this.#costOf(this.#inChange.keys(), this.#globs);
  }

  #costOf(changes: Iterable<number>, globs: number): number {
    let cost = 0;
    for (const change of changes) {
      const over = this.#inChange[change]!.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
      if (over > 1) cost += this.#problem.changes[change]!.weight * (1 + FURTHER * (over - 2));
    }
    const equal = 1 / this.#problem.parts;
    const unequal = this.sizes.reduce((sum, size) => sum + (size - equal) ** 2, 0);
    const short = this.sizes.reduce(
      (sum, size) => sum + Math.max(0, this.#problem.least - size),
      0,
    );
    return cost + this.#weight * (this.globPrice * globs + UNEQUAL * unequal + SHORT * short);
  }
}
