import type { Oid } from '../../../domain/refs.ts';
import type { FileMerge } from './merged-file.ts';

/** What makes a content once more that an earlier run made. */
export type Maker = { readonly needs: readonly Oid[] } & (
  | { readonly merge: FileMerge }
  | { readonly step: () => Promise<void> }
);

/** What can be made at the same time. */
export interface MakingLevel {
  readonly merges: FileMerge[];
  readonly steps: (() => Promise<void>)[];
}

/**
 * Contents that an earlier run made and that are known by name only: few of them are ever read again. Who
 * makes one is noted after what it needs, and the first note counts; so no content needs itself.
 */
export class AbsentContents {
  /** Null once it is here. */
  readonly #makers = new Map<Oid, Maker | null>();

  note(content: Oid, maker: Maker): void {
    if (!this.#makers.has(content) && !maker.needs.includes(content))
      this.#makers.set(content, maker);
  }

  /** The content is here now. */
  made(content: Oid): void {
    this.#makers.set(content, null);
  }

  /** What makes some contents, and before it what that needs; they count as here from now on. */
  take(contents: Iterable<Oid>): MakingLevel[] {
    const levels: MakingLevel[] = [];
    /** By content and by maker, in which level the next can come. */
    const after = new Map<Maker | Oid, number>();
    const visit = (content: Oid): number => {
      const maker = this.#makers.get(content);
      if (!maker) return after.get(content) ?? 0;
      this.made(content);
      let depth = after.get(maker);
      if (depth === undefined) {
        // Whoever needs in a circle what this makes does not wait for it.
        after.set(maker, 0);
        depth = Math.max(0, ...maker.needs.map(visit)) + 1;
        after.set(maker, depth);
        const level = (levels[depth - 1] ??= { merges: [], steps: [] });
        if ('merge' in maker) level.merges.push(maker.merge);
        else level.steps.push(maker.step);
      }
      after.set(content, depth);
      return depth;
    };
    for (const content of contents) visit(content);
    return levels;
  }
}
