import type { FleetOptions } from '../../../domain/options/fleet-options.ts';
import type { Degraded } from '../../../domain/reports/overlap.ts';
import type { Session } from '../../session/session.ts';
import type { Lab } from '../lab/lab.ts';
import type { MergeMemory } from '../lab/merge-memory.ts';
import type { Base } from './base.ts';

/** What every step of looking at a fleet needs. */
export interface FleetContext {
  readonly session: Session;
  readonly options: FleetOptions;
  readonly base: Base;
  readonly lab: Lab;
  readonly memory: MergeMemory;
  /** Everything but the commits that the result of a merge depends on; part of every name in memory. */
  readonly settings: string;
  /** See `Attributes`. */
  readonly drivers: boolean;
  /** Grows with what could not be decided. */
  readonly degraded: Degraded[];
}

/** Says that objects git needed to judge the branches are not here. */
export function reportMissing({ degraded }: FleetContext, refs: string[], words: string): void {
  const why = words === '' ? '' : `: ${words}`;
  degraded.push({
    kind: 'missing-object',
    refs,
    message: `${refs.join(' and ')} cannot be judged, objects are missing here${why}`,
  });
}
