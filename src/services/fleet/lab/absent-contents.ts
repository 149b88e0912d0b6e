import type { Oid } from '../../../domain/refs.ts';

/** How contents of one kind are made. */
export interface Workshop<Job> {
  /**
   * Does several jobs at once, none of which asks for contents. What cannot be made is left out; whoever reads
   * it says so.
   *
   * @param phase said while it works.
   */
  make(jobs: readonly Job[], phase: string): Promise<void>;
}

/** What makes contents once more that an earlier run made. */
export interface Maker<Job = unknown> {
  /** What it needs, as far as that is known beforehand. */
  readonly needs: readonly Oid[];
  /** What it may need besides, where it did not get through with that. */
  readonly more?: () => readonly Oid[];
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
  /** Who did not get through, and what they need in all. */
  readonly #needs = new Map<Maker, readonly Oid[]>();
  /** Who did not get through once more, and what of their needs was not here. */
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
   * @param phase said while it works.
   * @returns whether something is here now that was not.
   */
  async provide(contents: readonly Oid[], phase: string): Promise<boolean> {
    let isMore = false;
    for (;;) {
      let [isTold, isProgress] = [false, false];
      for (const level of this.#plan(contents)) {
        const open = [...level].filter(([, wanted]) => !wanted.every((one) => this.#isMade(one)));
        await work(
          open.map(([maker]) => maker),
          phase,
        );
        for (const [maker, wanted] of open) {
          const before = this.#needs.size;
          isProgress = (await this.#settle(maker, wanted)) || isProgress;
          isTold ||= this.#needs.size > before;
        }
      }
      isMore ||= isProgress;
      // Who did not get through is asked again with more, or once something has come.
      if (!isTold && !isProgress) return isMore;
    }
  }

  #plan(contents: readonly Oid[]): Level[] {
    const levels: Level[] = [];
    /** By maker, in which level the next can come. */
    const after = new Map<Maker, number>();
    const visit = (content: Oid): number => {
      const maker = this.#makers.get(content);
      if (!maker || this.#isMade(content)) return 0;
      let depth = after.get(maker);
      if (depth === undefined) {
        // Whoever needs in a circle what this makes does not wait for it.
        after.set(maker, 0);
        const needs = this.#needsOf(maker).map(visit);
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
    return this.#needsOf(maker).some(
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
    if (missing.length > 0)
      if (maker.more && !this.#needs.has(maker))
        this.#needs.set(maker, [...maker.needs, ...maker.more()]);
      else this.#lacking.set(maker, await this.#missing(this.#needsOf(maker)));
    return missing.length < wanted.length;
  }

  #needsOf(maker: Maker): readonly Oid[] {
    return this.#needs.get(maker) ?? maker.needs;
  }

  async #missing(contents: readonly Oid[]): Promise<Oid[]> {
    const here = await Promise.all(contents.map((content) => this.#places.isHere(content)));
    return contents.filter((_, at) => !here[at]);
  }
}

/** Asks several at once, each workshop for all that is wanted of it. */
async function work(makers: readonly Maker[], phase: string): Promise<void> {
  const jobs = new Map<Workshop<unknown>, unknown[]>();
  for (const { workshop, job } of makers) jobs.set(workshop, [...(jobs.get(workshop) ?? []), job]);
  for (const [workshop, some] of jobs) await workshop.make(some, phase);
}
