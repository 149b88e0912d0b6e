import type { Entry } from '../../../domain/change.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { ReworkFile } from '../../../domain/reports/order.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';
import type { Branch } from '../fleet-branch.ts';

/** So many steps are looked through one by one before they are put together. */
const MOST_LAYERS = 16;

/** The base after some branches have landed. Holds what the last one changed, and the state before it. */
export class LandedState {
  /** The state before the last branch, and that branch; null for the base itself. */
  readonly step: LandingStep | null;
  /** What the last branch left where it changed something; null where nothing is left. */
  readonly changes: ReadonlyMap<RepoPath, Entry | null>;
  /** What is there now in files that some branch changed, of the steps since the last `#below`. */
  readonly #layer: ReadonlyMap<RepoPath, Entry | null>;
  readonly #below: LandedState | null;
  readonly #height: number;

  constructor(step: LandingStep | null, changes: ReadonlyMap<RepoPath, Entry | null>) {
    this.step = step;
    this.changes = changes;
    const from = step?.from ?? null;
    const height = from === null ? 1 : from.#height + 1;
    if (from === null || height <= MOST_LAYERS) {
      [this.#layer, this.#below, this.#height] = [changes, from, height];
      return;
    }
    const all = new Map(changes);
    for (let at: LandedState | null = from; at !== null; at = at.#below)
      for (const [path, entry] of at.#layer) if (!all.has(path)) all.set(path, entry);
    [this.#layer, this.#below, this.#height] = [all, null, 1];
  }

  /** What is now at a path; undefined where none of the branches changed anything. */
  entry(path: RepoPath): Entry | null | undefined {
    const entry = this.#layer.get(path);
    return entry === undefined ? this.#below?.entry(path) : entry;
  }

  /** Everything that the branches left that have landed. */
  contents(): Oid[] {
    const left = [this.changes];
    for (let { step } = this as LandedState; step !== null; step = step.from.step)
      left.push(step.from.changes);
    return left.flatMap((changes) => [...changes.values()].flatMap((entry) => entry?.oid ?? []));
  }

  /** Whether one of some branches has landed. */
  hasSome(refs: ReadonlySet<string>): boolean {
    for (let { step } = this as LandedState; step !== null; step = step.from.step)
      if (refs.has(step.branch.member.ref)) return true;
    return false;
  }
}

/** The base as it is. */
export const AS_IT_IS = new LandedState(null, new Map());

/** One branch that is to land on what those before it left. */
export interface LandingStep {
  readonly from: LandedState;
  readonly branch: Branch;
}

export type LandedNext =
  /** What came of it is read when something is to land on it; null where git cannot read it. */
  | { readonly kind: 'landed'; readonly state: () => Promise<LandedState | null> }
  /** It conflicts, in these files. */
  | {
      readonly kind: 'stopped';
      readonly files: readonly ReworkFile[];
      readonly conflicts: readonly MergeConflict[];
    }
  /** Git could not read something. */
  | { readonly kind: 'unknown' };
