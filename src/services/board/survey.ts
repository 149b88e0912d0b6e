import type { LandingMode } from '../../domain/landing.ts';
import { type FleetOptions, RENAME_LIMIT } from '../../domain/options/fleet-options.ts';
import type { PolicySource } from '../../domain/report.ts';
import type { OrderData } from '../../domain/reports/order.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';
import { findOrder } from '../fleet/find-order.ts';
import { withFleet } from '../fleet/open/open-fleet.ts';
import type { OpenBoard } from './open-board.ts';

/** Overlap and order of a fleet, or why there is no order. */
export interface BoardSurvey {
  readonly overlap: OverlapData;
  readonly order: OrderData | null;
  readonly problem: string | null;
  readonly source: PolicySource | null;
}

/** Judged as GitHub's merge button will, which never guesses that a directory was renamed. */
export async function surveyBoard(
  { copy, refs }: OpenBoard,
  base: string,
  land: LandingMode,
): Promise<BoardSurvey> {
  const options: FleetOptions = {
    // No refs at all would mean every branch of an agent.
    refs: refs.length > 0 ? refs : ['refs/none/'],
    base,
    land,
    rules: 'github',
    renameLimit: RENAME_LIMIT,
    worktrees: false,
  };
  const began = copy.host.now();
  return withFleet(copy.host, options, async (context, members) => {
    const { overlap, order } = await findOrder(context, members, began);
    return {
      overlap,
      order: order.ok ? order.value : null,
      problem: order.ok ? null : order.error,
      source: context.session.policy?.source ?? null,
    };
  });
}
