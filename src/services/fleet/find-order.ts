import { orderProblem, type Orderable } from '../../core/order/problem.ts';
import type { ProbeOutcome } from '../../core/order/replay/probe.ts';
import { replayedOrderOf } from '../../core/order/replay/replay.ts';
import { describeCycle } from '../../core/order/solve/numbered-fleet.ts';
import type { OrderData, OrderDependency } from '../../domain/reports/order.ts';
import type { OverlapData, OverlapPair } from '../../domain/reports/overlap.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { describeFleet } from './describe-fleet.ts';
import { type Branch, partnerOf } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';
import type { Member } from './open/members.ts';
import { type Contacts, readContacts } from './replay/contacts.ts';
import { Landings } from './replay/landings.ts';
import { type FleetSurvey, surveyFleet } from './survey.ts';

/** Overlap and order of a fleet. */
export interface FleetOrder {
  readonly overlap: OverlapData;
  /** As they were surveyed. */
  readonly branches: readonly Branch[];
  /** Why there is none, a sentence without a full stop, where branches have to wait for each other. */
  readonly order: Result<OrderData, string>;
}

/** Merges every near pair of the fleet, then tries the cheapest order before it is said. */
export async function findOrder(
  context: FleetContext,
  members: readonly Member[],
  began: number,
): Promise<FleetOrder> {
  const survey = await surveyFleet(context, members);
  const { pairs } = describeFleet(context, survey, began);
  const contacts = await readContacts(context, survey);
  const landings = new Landings(context, survey.branches, contacts);
  const order = await solve(context, survey, pairs, contacts, landings);
  context.memory.save();
  // Described anew: the replay has found out more, and taken more time.
  const { stats, ...facts } = describeFleet(context, survey, began);
  const cached = stats.cached + landings.recalled;
  const overlap = { ...facts, stats: { ...stats, cached } };
  return { overlap, branches: survey.branches, order };
}

async function solve(
  context: FleetContext,
  { branches, kinship }: FleetSurvey,
  pairs: readonly OverlapPair[],
  { touching }: Contacts,
  landings: Landings,
): Promise<Result<OrderData, string>> {
  const refs = branches.map(({ member }) => member.ref);
  const problem = orderProblem(
    branches.flatMap((branch): Orderable[] => {
      const solo = partnerOf(branch);
      if (!solo) return [];
      const { ref, agent } = branch.member;
      return [{ ref, agent, date: solo.commit.time, changes: solo.footprint.changes }];
    }),
    pairs,
    kinship.stacked.map(([earlier, later]): OrderDependency => ({
      earlier: refs[earlier]!,
      later: refs[later]!,
      why: 'stacked',
    })),
    new Map(
      [...(context.session.policy?.ownership.agents ?? [])].map(([id, { after }]) => [id, after]),
    ),
  );
  const replay = replayedOrderOf(problem, context.options.land, { touching });
  let outcomes: readonly ProbeOutcome[] = [];
  for (;;) {
    const step = replay.next(outcomes);
    if (!step.done) {
      outcomes = await landings.answer(step.value);
      continue;
    }
    if (step.value.ok) return ok(step.value.value);
    return err(`these branches have to wait for each other: ${describeCycle(step.value.error)}`);
  }
}
