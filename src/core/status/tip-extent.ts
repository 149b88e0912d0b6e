import type { Change } from '../../domain/change.ts';
import type { Oid } from '../../domain/refs.ts';

/** How one commit stands to the base. */
export interface TipExtent {
  readonly ahead: number;
  readonly behind: number;
  /** When the base went further than the tip, in milliseconds since 1970; null while it did not. */
  readonly outdatedSince: number | null;
  readonly lines: number;
  /** What the tip itself did since it left the base, where it differs from the base as it is now. */
  readonly changes: readonly Change[];
  /** Some of its commits are in another of the tips as well. */
  readonly shared: boolean;
}

/** `missing`: objects are not here. `unrelated`: nothing in common with the base. */
export type TipReading = TipExtent | 'missing' | 'unrelated';

export type Tips = ReadonlyMap<Oid, TipReading>;

/** Null when it could not be found out. */
export const tipExtent = (tip: TipReading | undefined): TipExtent | null =>
  tip === undefined || typeof tip === 'string' ? null : tip;
