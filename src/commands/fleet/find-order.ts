import { describeCycle } from '../../core/order/fleet.ts';
import type { ProbeOutcome } from '../../core/order/probe.ts';
import { replayedOrderOf } from '../../core/order/replay.ts';
import { orderProblem, type Orderable } from '../../core/overlap/order-problem.ts';
import { Failure } from '../../domain/failure.ts';
import type { OrderData, OrderDependency } from '../../domain/order.ts';
import type { OverlapPair } from '../../domain/overlap.ts';
import { partnerOf } from './branch.ts';
import type { FleetContext } from './context.ts';
import type { Contacts } from './replay/contacts.ts';
import type { Landings } from './replay/landings.ts';
import type { Survey } from './survey.ts';

export async function solve(
  context: FleetContext,
  { branches, kinship }: Survey,
  pairs: readonly OverlapPair[],
  { touching }: Contacts,
  landings: Landings,
): Promise<OrderData> {
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
    if (step.value.ok) return step.value.value;
    throw new Failure(
      'policy',
      `these branches have to wait for each other: ${describeCycle(step.value.error)}`,
      ['To see what each agent comes after, run git grep -n after -- ownership.yml'],
    );
  }
}
