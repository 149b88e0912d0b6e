import type { Oid } from '../../../domain/refs.ts';

/** Makers at work that wait for what is being made: they are not asked again. */
export type BusyMakers = ReadonlySet<Maker>;

/** How contents of one kind are made. */
export interface Workshop<Job> {
  /** Does several jobs at once. What cannot be made is left out; whoever reads it says so. */
  make(jobs: readonly Job[], options: MakingOptions): Promise<void>;
}

/** What is passed on to whoever makes contents. */
export interface MakingOptions {
  /** Said while it works. */
  readonly phase: string;
  readonly busy?: BusyMakers;
}

/** What makes contents once more that an earlier run made. */
export interface Maker<Job = unknown> {
  readonly needs: readonly Oid[];
  readonly job: Job;
  readonly workshop: Workshop<Job>;
}

/** Where contents are looked for. */
export interface ContentPlaces {
  /** Whether this run has made one. */
  isMade(content: Oid): boolean;
  /** Whether one can be read: this run has made it, or the repository has it. */
  isHere(content: Oid): Promise<boolean>;
}

/** Makers that can work at the same time, and what is wanted of them. */
type Level = Map<Maker, Oid[]>;

/**
 * Contents that an earlier run made and that are known by name only: few of them are ever read again. Who
 * makes one is noted after what it needs, and the first note counts; so no content needs itself. One counts
 * as here when it is here, and not before.
 */
export class AbsentContents {
  readonly #places: ContentPlaces;
  /** Null once it is here. */
  readonly #makers = new Map<Oid, Maker | null>();
  /** Who could not make what was wanted, and what they needed that was not here. */
  readonly #lacking = new Map<Maker, readonly Oid[]>();

  constructor(places: ContentPlaces) {
    this.#places = places;
  }

  note(content: Oid, maker: Maker): void {
    const known = this.#makers.get(content);
    const isOpen = known === undefined || (known !== null && this.#lacking.has(known));
    if (isOpen && !maker.needs.includes(content)) this.#makers.set(content, maker);
  }

  /**
   * Makes contents, and before them what that needs. Has to come before anything reads them. What is asked
   * by several at once, each of them makes: nobody goes on before it is here.
   *
   * @returns whether something is here now that was not.
   */
  async provide(
    contents: Iterable<Oid>,
    { phase, busy = new Set() }: MakingOptions,
  ): Promise<boolean> {
    let isMore = false;
    for (const level of this.#plan(contents, busy)) {
      const open = [...level].filter(([, wanted]) => !wanted.every((one) => this.#isMade(one)));
      const working = new Set([...busy, ...open.map(([maker]) => maker)]);
      for (const [workshop, makers] of byWorkshop(open.map(([maker]) => maker)))
        await workshop.make(
          makers.map(({ job }) => job),
          { phase, busy: working },
        );
      for (const [maker, wanted] of open) isMore = (await this.#settle(maker, wanted)) || isMore;
    }
    return isMore;
  }

  #plan(contents: Iterable<Oid>, busy: BusyMakers): Level[] {
    const levels: Level[] = [];
    /** By maker, in which level the next can come. */
    const after = new Map<Maker, number>();
    const visit = (content: Oid): number => {
      const maker = this.#makers.get(content);
      if (!maker || busy.has(maker) || this.#isMade(content)) return 0;
      let depth = after.get(maker);
      if (depth === undefined) {
        // Whoever needs in a circle what this makes does not wait for it.
        after.set(maker, 0);
        const needs = maker.needs.map(visit);
        depth = this.#canWork(maker, needs) ? Math.max(0, ...needs) + 1 : 0;
        after.set(maker, depth);
        if (depth > 0) (levels[depth - 1] ??= new Map<Maker, Oid[]>()).set(maker, []);
      }
      if (depth > 0) levels[depth - 1]!.get(maker)!.push(content);
      return depth;
    };
    for (const content of contents) visit(content);
    return levels;
  }

  /** Who failed is asked again only where something has come since that it lacked. */
  #canWork(maker: Maker, needs: readonly number[]): boolean {
    const lacking = this.#lacking.get(maker);
    if (!lacking) return true;
    return maker.needs.some(
      (need, at) => lacking.includes(need) && (needs[at]! > 0 || this.#isMade(need)),
    );
  }

  #isMade(content: Oid): boolean {
    const isMade = this.#places.isMade(content);
    if (isMade) this.#makers.set(content, null);
    return isMade;
  }

  async #settle(maker: Maker, wanted: readonly Oid[]): Promise<boolean> {
    const missing = await this.#missing(wanted);
    for (const content of wanted) if (!missing.includes(content)) this.#makers.set(content, null);
    if (missing.length > 0) this.#lacking.set(maker, await this.#missing(maker.needs));
    return missing.length < wanted.length;
  }

  async #missing(contents: readonly Oid[]): Promise<Oid[]> {
    const here = await Promise.all(contents.map((content) => this.#places.isHere(content)));
    return contents.filter((_, at) => !here[at]);
  }
}

function byWorkshop(makers: readonly Maker[]): Map<Workshop<unknown>, Maker[]> {
  const groups = new Map<Workshop<unknown>, Maker[]>();
  for (const maker of makers)
    groups.set(maker.workshop, [...(groups.get(maker.workshop) ?? []), maker]);
  return groups;
}
