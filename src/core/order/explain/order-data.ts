import { compare } from '../../../domain/finding.ts';
import type { LandingMode } from '../../../domain/landing.ts';
import type {
  OrderWait,
  OrderAlternative,
  OrderCombination,
  OrderCost,
  OrderData,
  OrderEntry,
  OrderMeeting,
} from '../../../domain/reports/order.ts';
import { baselineCosts } from '../solve/baselines.ts';
import { addCosts, compareCosts, FREE, isPaid, positionsOf } from '../solve/instance.ts';
import type { NumberedFleet } from '../solve/numbered-fleet.ts';
import type { Ends, Solution } from '../solve/solve.ts';
import { meetingsOf } from './meetings.ts';
import { reasonOf } from './reason.ts';
import { type Waves, wavesOf } from './waves.ts';

/** Everything `order` says, in the order in which branches land: wave by wave, oldest first. */
export function orderDataOf(
  fleet: NumberedFleet,
  { fewestBranches, fewestLines }: Ends,
  landing: LandingMode,
): OrderData {
  const plan = wavesOf(fleet, fewestBranches.order);
  const refsOf = (vertices: readonly number[]): string[] =>
    vertices.map((vertex) => fleet.branches[vertex]!.ref);
  const { cost, bound } = fewestBranches;
  const optimal = isProven(fewestBranches);
  return {
    order: entriesOf(fleet, plan, optimal),
    waves: plan.waves.map(refsOf),
    anyOrder: plan.waves.map(() => true),
    cost,
    bound,
    optimal,
    landing,
    baselines: baselineCosts(fleet),
    hunks: fleet.problem.conflicts.reduce((sum, { hunks }) => sum + hunks, 0),
    fewestLines: fewestLines.cost.lines < cost.lines ? alternativeOf(fleet, fewestLines) : null,
    combinations: sorted(fleet.problem.combinations),
    waiting: [],
    tested: null,
    replay: null,
  };
}

/** The combinations, each and all of them in an order that depends on nothing but themselves. */
function sorted(combinations: readonly OrderCombination[]): OrderCombination[] {
  const keyed = combinations.map(({ earlier, later, files }) => {
    const byPath = [...files].sort((a, b) => compare(a.path, b.path));
    const combination = { earlier: [...earlier].sort(compare), later, files: byPath };
    return { combination, key: JSON.stringify([later, combination]) };
  });
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ combination }) => combination);
}

const isProven = ({ cost, bound }: Solution): boolean => compareCosts(cost, bound) === 0;

function alternativeOf(fleet: NumberedFleet, solution: Solution): OrderAlternative {
  const order = wavesOf(fleet, solution.order).waves.flat();
  return {
    cost: solution.cost,
    bound: solution.bound,
    optimal: isProven(solution),
    order: order.map((vertex) => fleet.branches[vertex]!.ref),
  };
}

function entriesOf(fleet: NumberedFleet, { waves, waits }: Waves, optimal: boolean): OrderEntry[] {
  const order = waves.flat();
  const position = positionsOf(order);
  const meetings = meetingsOf(fleet, position);
  const costs = costsByVertex(fleet, position);
  const drafts = new Set(fleet.problem.drafts);
  const waveOf: number[] = [];
  waves.forEach((members, at) => members.forEach((vertex) => (waveOf[vertex] = at + 1)));
  return order.map((vertex, at): OrderEntry => {
    const { ref, agent } = fleet.branches[vertex]!;
    const after = waits[vertex]!.filter(({ why }) => ANYHOW.has(why));
    const cost = costs[vertex]!;
    const { met, avoided } = meetings[vertex]!;
    const causes = new Set(names(met));
    const spared = waits[vertex]!.filter((wait) => !after.includes(wait) && !causes.has(wait.ref));
    return {
      ref,
      agent,
      position: at + 1,
      wave: waveOf[vertex]!,
      after: after.map((wait) => wait.ref),
      waits: waits[vertex]!,
      conflicts: met,
      cost,
      outcome: cost.branches > 0 ? 'rework' : 'clean',
      reason: reasonOf({
        position: at + 1,
        cost,
        met,
        avoided,
        after,
        spared,
        draft: drafts.has(ref),
        // Of orders that put a draft first, nothing was proven.
        optimal:
          optimal && ![ref, ...names(met), ...names(avoided)].some((each) => drafts.has(each)),
      }),
    };
  });
}

/** What no price decides. */
const ANYHOW: ReadonlySet<OrderWait['why']> = new Set([
  'declared',
  'stacked',
  'tested',
  'together',
]);

const names = (meetings: readonly OrderMeeting[]): string[] =>
  meetings.flatMap((meeting) => [meeting.with, ...meeting.together]);

function costsByVertex({ instance }: NumberedFleet, position: readonly number[]): OrderCost[] {
  const costs = Array.from({ length: instance.size }, () => FREE);
  for (const charge of instance.charges)
    if (isPaid(charge, position))
      costs[charge.vertex] = addCosts(costs[charge.vertex]!, charge.cost);
  return costs;
}
