import type { CoChange } from './co-change.ts';
import type { Unit } from './units.ts';

/** What an exception costs: a unit that goes another way than most of its directory, in commits. */
const EXCEPTION = 1.5;
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
  /** For each unit, the number of the directory whose other units it should go with; -1 for none. */
  readonly besides: readonly number[];
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
  const directories = new Map<string, number>();
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
    besides: units.map((unit) => {
      const around = surroundings(unit);
      if (around === '') return -1;
      const number = directories.get(around) ?? directories.size;
      directories.set(around, number);
      return number;
    }),
  };
}

/** The directory around a unit: for a whole directory, the one above. */
function surroundings({ directory, files }: Unit): string {
  const whole = files.some((file) => file.slice(0, file.lastIndexOf('/')) !== directory);
  return whole ? directory.slice(0, Math.max(0, directory.lastIndexOf('/'))) : directory;
}

/** Which part each unit is in, kept together with what that costs. */
export class Arrangement {
  readonly partOf: number[];
  readonly sizes: number[];
  /** How many units of each change are in each part, and of each directory. */
  readonly #inChange: number[][];
  readonly #inDirectory: number[][];
  readonly #problem: DivisionProblem;
  readonly #weight: number;

  constructor(problem: DivisionProblem, partOf: readonly number[]) {
    const none = (): number[] => new Array<number>(problem.parts).fill(0);
    this.#problem = problem;
    this.#weight = problem.changes.reduce((sum, { weight }) => sum + weight, 0) || 1;
    this.partOf = [...partOf];
    this.sizes = none();
    this.#inChange = problem.changes.map(none);
    this.#inDirectory = Array.from({ length: Math.max(0, ...problem.besides) + 1 }, none);
    partOf.forEach((part, unit) => this.#count(unit, part, 1));
  }

  #count(unit: number, part: number, by: 1 | -1): void {
    const { changesOf, besides, sizes } = this.#problem;
    for (const change of changesOf[unit]!) this.#inChange[change]![part]! += by;
    const directory = besides[unit]!;
    if (directory >= 0) this.#inDirectory[directory]![part]! += by;
    this.sizes[part]! += by * sizes[unit]!;
  }

  move(units: readonly number[], to: number): void {
    for (const unit of units) {
      this.#count(unit, this.partOf[unit]!, -1);
      this.partOf[unit] = to;
      this.#count(unit, to, 1);
    }
  }

  /** How much less it costs, once these units are in that part; it is left as it was. */
  gain(units: readonly number[], to: number): number {
    const { changesOf, besides } = this.#problem;
    const changes = [...new Set(units.flatMap((unit) => changesOf[unit]!))];
    const directories = [...new Set(units.map((unit) => besides[unit]!))].filter((at) => at >= 0);
    const before = this.#costOf(changes, directories);
    const from = units.map((unit) => this.partOf[unit]!);
    this.move(units, to);
    const after = this.#costOf(changes, directories);
    units.forEach((unit, at) => this.move([unit], from[at]!));
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
    return this.#costOf(this.#inChange.keys(), this.#inDirectory.keys());
  }

  #costOf(changes: Iterable<number>, directories: Iterable<number>): number {
    let cost = 0;
    for (const change of changes) {
      const over = this.#inChange[change]!.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
      if (over > 1) cost += this.#problem.changes[change]!.weight * (1 + FURTHER * (over - 2));
    }
    for (const directory of directories) {
      let [total, most] = [0, 0];
      for (const count of this.#inDirectory[directory]!) {
        total += count;
        most = Math.max(most, count);
      }
      cost += EXCEPTION * (total - most);
    }
    const equal = 1 / this.#problem.parts;
    const unequal = this.sizes.reduce((sum, size) => sum + (size - equal) ** 2, 0);
    const short = this.sizes.reduce(
      (sum, size) => sum + Math.max(0, this.#problem.least - size),
      0,
    );
    return cost + this.#weight * (UNEQUAL * unequal + SHORT * short);
  }
}
