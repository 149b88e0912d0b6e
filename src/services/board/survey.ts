import { fullRef } from '../../core/board/fleet.ts';
import { type FleetOptions, RENAME_LIMIT } from '../../domain/options/fleet-options.ts';
import type { LandingMode } from '../../domain/landing.ts';
import type { PolicySource } from '../../domain/report.ts';
import type { OrderData } from '../../domain/reports/order.ts';
import type { LandingRecords } from '../../domain/reports/land.ts';
import type { OverlapData } from '../../domain/reports/overlap.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import { findOrder, type FleetOrder } from '../fleet/find-order.ts';
import type { FleetContext } from '../fleet/open/context.ts';
import type { Member } from '../fleet/open/members.ts';
import { withFleet } from '../fleet/open/open-fleet.ts';
import { landingRecords } from '../landing/landing-records.ts';
import { readTogether } from '../requests/read-together.ts';
import { readWaiting, type WaitingRequests } from '../proposals/read-waiting.ts';
import { requirePolicy } from '../session/session.ts';
import { trackingRef } from '../remote/anchor.ts';
import type { OpenBoard } from './open-board.ts';

/** Overlap and order of a fleet, or why there is no order. */
export interface BoardSurvey<T> {
  readonly overlap: OverlapData;
  readonly order: OrderData | null;
  readonly problem: string | null;
  readonly source: PolicySource | null;
  /** What agents have asked of each other. */
  readonly asked: WaitingRequests;
  /** How the newest commits came to the base. */
  readonly landings: LandingRecords;
  /** What was made of it besides. */
  readonly besides: T;
}

/** Commits of the base that are told about. */
const NEWEST = 20;

/**
 * Judged as GitHub's merge button will, which never guesses that a directory was renamed.
 *
 * @param drafts full names of refs that go behind everything they meet
 * @param look makes something else of what was found, while the fleet is open
 */
export async function surveyBoard<T>(
  { copy, refs }: OpenBoard,
  base: BranchName,
  land: LandingMode,
  drafts: ReadonlySet<string>,
  look: (context: FleetContext, found: FleetOrder) => Promise<T>,
): Promise<BoardSurvey<T>> {
  const options: FleetOptions = {
    // No refs at all would mean every branch of an agent.
    refs: refs.length > 0 ? refs : ['refs/none/'],
    // In full: somebody may have called a branch `origin/main`.
    base: trackingRef(base),
    land,
    rules: 'github',
    renameLimit: RENAME_LIMIT,
    worktrees: false,
  };
  const began = copy.host.now();
  const bring = (oids: readonly Oid[]): Promise<void> => copy.fetchBlobs(oids);
  const survey = async (
    context: FleetContext,
    members: readonly Member[],
  ): Promise<BoardSurvey<T>> => {
    const last = members.map(({ ref }) => ref).filter((ref) => drafts.has(fullRef(ref)));
    const { pairs } = await readTogether(context.session, context.base.tree);
    const wishes = { drafts: new Set(last), together: pairs };
    const found = await findOrder(context, members, began, wishes);
    const { overlap, order } = found;
    return {
      overlap,
      order: order.ok ? order.value : null,
      problem: order.ok ? null : order.error,
      source: context.session.policy?.source ?? null,
      asked:
        context.session.policy === null
          ? { waiting: [], unreadable: [] }
          : await readWaiting(requirePolicy(context.session)),
      landings: await landingRecords(context.session, {
        base,
        tip: context.base.commit,
        most: NEWEST,
      }),
      besides: await look(context, found),
    };
  };
  return withFleet(copy.host, options, survey, { bring });
}
