import type { Unit } from './units.ts';

/** Units that can move at once: files of one directory, or all that is in and below it. */
export interface UnitGroup {
  readonly units: readonly number[];
  /** The number of the directory. */
  readonly place: number;
  readonly isWhole: boolean;
}

/** How many names of files a glob takes on average. */
const NAMES = 4;

/** One directory, and what it takes to say whose it is. */
interface Place {
  /** The number of the directory around; -1 for the top. */
  readonly around: number;
  readonly below: number[];
  /** Units whose files lie in this very directory, or are it. */
  readonly units: number[];
  /** For each part, how many globs it takes to say who owns what here and below, when the place is that part's. */
  cost: number[];
}

/**
 * The directories that units lie in, to tell how long it takes to say who owns what: a directory goes with the
 * one around it, or has a glob of its own. The least number of globs is found from the bottom up (Sankoff,
 * Minimal mutation trees of sequences, 1975).
 */
export class PlaceTree {
  readonly #places: Place[] = [{ around: -1, below: [], units: [], cost: [] }];
  readonly #placeOf: number[];
  /** For each unit, how many globs name it where it goes another way than its directory. */
  readonly #globs: number[];
  readonly #parts: number;

  constructor(units: readonly Unit[], parts: number) {
    this.#parts = parts;
    this.#globs = units.map(({ directory, files }) =>
      files.every((file) => file.lastIndexOf('/') === directory.length)
        ? Math.ceil(files.length / NAMES)
        : 1,
    );
    const numbers = new Map([['', 0]]);
    this.#placeOf = units.map(({ directory }) => this.#add(directory, numbers));
    for (const [unit, place] of this.#placeOf.entries()) this.#places[place]!.units.push(unit);
  }

  #add(path: string, numbers: Map<string, number>): number {
    const known = numbers.get(path);
    if (known !== undefined) return known;
    const around = this.#add(path.slice(0, Math.max(0, path.lastIndexOf('/'))), numbers);
    const number = this.#places.push({ around, below: [], units: [], cost: [] }) - 1;
    this.#places[around]!.below.push(number);
    numbers.set(path, number);
    return number;
  }

  /** Directories below the top with all that is in them, from the largest down; the files of each; each unit. */
  groups(): UnitGroup[] {
    const below = (place: number): number[] => {
      const { units, below: next } = this.#places[place]!;
      return [...units, ...next.flatMap(below)];
    };
    const whole = this.#places.map((_, place) => ({ units: below(place), place, isWhole: true }));
    const beside = this.#places.map(({ units }, place) => ({ units, place, isWhole: false }));
    const single = this.#placeOf.map((place, unit) => ({ units: [unit], place, isWhole: false }));
    const several = [...whole.slice(1), ...beside].filter(({ units }) => units.length > 1);
    return [...several.sort((a, b) => b.units.length - a.units.length), ...single];
  }

  /** How many globs a division takes. */
  length(partOf: readonly number[]): number {
    for (const place of [...this.#places].reverse()) place.cost = this.#costOf(place, partOf);
    return this.#lengthOf(this.#places[0]!.cost);
  }

  /** How many it would take with these units in that part, when `length` was asked for the rest last. */
  lengthIf({ units, place, isWhole }: UnitGroup, to: number, partOf: readonly number[]): number {
    let at = this.#places[place]!;
    let cost = at.cost.map((all, part) => {
      if (isWhole) return part === to ? 0 : 1;
      return units.reduce(
        (sum, unit) =>
          sum + this.#globs[unit]! * (Number(part !== to) - Number(part !== partOf[unit])),
        all,
      );
    });
    for (; at.around >= 0; at = this.#places[at.around]!) {
      const [before, after] = [inside(at.cost), inside(cost)];
      cost = this.#places[at.around]!.cost.map((all, part) => all - before[part]! + after[part]!);
    }
    return this.#lengthOf(cost);
  }

  /** Nobody owns the top: all that lies there has a glob. */
  #lengthOf(top: readonly number[]): number {
    return Math.min(...top);
  }

  #costOf({ units, below }: Place, partOf: readonly number[]): number[] {
    const cost = new Array<number>(this.#parts).fill(
      units.reduce((sum, unit) => sum + this.#globs[unit]!, 0),
    );
    for (const unit of units) cost[partOf[unit]!]! -= this.#globs[unit]!;
    for (const next of below)
      inside(this.#places[next]!.cost).forEach((globs, part) => (cost[part]! += globs));
    return cost;
  }
}

/** What a directory adds for each owner of the one around it. */
function inside(cost: readonly number[]): number[] {
  const least = 1 + Math.min(...cost);
  return cost.map((globs) => Math.min(globs, least));
}
