import { orderProblem, type Orderable } from '../../core/order/problem.ts';
import type { ProbeOutcome } from '../../core/order/replay/probe.ts';
import { replayedOrderOf } from '../../core/order/replay/replay.ts';
import { describeCycle } from '../../core/order/solve/numbered-fleet.ts';
import { waitingAmong } from '../../core/order/waiting-among.ts';
import type { Precedence } from '../../domain/landing.ts';
import type { OrderData, OrderDependency } from '../../domain/reports/order.ts';
import type { TogetherPair } from '../../domain/states/together-pair.ts';
import type { OverlapData, OverlapPair } from '../../domain/reports/overlap.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { describeFleet, describePairs } from './describe-fleet.ts';
import { type Branch, partnerOf } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';
import type { Member } from './open/members.ts';
import type { Landings } from './replay/landings.ts';
import { type FleetSurvey, surveyFleet } from './survey.ts';

/** Overlap and order of a fleet. */
export interface FleetOrder {
  readonly overlap: OverlapData;
  /** As they were surveyed. */
  readonly branches: readonly Branch[];
  readonly landings: Landings;
  /** Why there is none, a sentence without a full stop, where branches have to wait for each other. */
  readonly order: Result<OrderData, string>;
}

/** What orders a fleet besides its conflicts and its policy. */
export interface OrderWishes {
  /** Who comes after whom. */
  readonly after?: readonly Precedence[] | undefined;
  /** Refs of branches that go behind everything they meet. */
  readonly drafts?: ReadonlySet<string>;
  /** Pairs that land only together. */
  readonly together?: readonly TogetherPair[];
  /** Refs of which the later one fails without the earlier. */
  readonly needs?: readonly { readonly earlier: string; readonly later: string }[];
}

/** Merges every near pair of the fleet, then tries the cheapest order before it is said. */
export async function findOrder(
  context: FleetContext,
  members: readonly Member[],
  began: number,
  wishes: OrderWishes = {},
): Promise<FleetOrder> {
  const survey = await surveyFleet(context, members);
  const pairs = describePairs(survey);
  const order = await solve(context, survey, pairs, wishes);
  // Described anew: the replay has found out more, and taken more time.
  const { stats, ...facts } = describeFleet(context, survey, began, pairs);
  const { branches, landings } = survey;
  return { overlap: { ...facts, stats }, branches, landings, order };
}

async function solve(
  context: FleetContext,
  survey: FleetSurvey,
  pairs: readonly OverlapPair[],
  { after = [], drafts, together = [], needs = [] }: OrderWishes,
): Promise<Result<OrderData, string>> {
  const { branches, kinship, contacts, landings } = survey;
  const refs = branches.map(({ member }) => member.ref);
  const all = [...policyRules(context), ...after];
  const { free, waiting } = waitingAmong(
    branches.flatMap((branch): Orderable[] => {
      const solo = partnerOf(branch);
      if (!solo) return [];
      const { ref, agent } = branch.member;
      return [{ ref, agent, date: solo.commit.time, changes: solo.footprint.changes }];
    }),
    branches
      .filter(({ solo }) => solo === null || solo.standing === 'conflict')
      .map(({ member }) => member),
    all,
  );
  const problem = orderProblem(
    free,
    pairs,
    [
      // A pair that is both is told as what says more.
      ...pairsAmong(refs, together).map(([earlier, later]): OrderDependency => ({
        earlier,
        later,
        why: 'together',
      })),
      ...needs.map((need): OrderDependency => ({ ...need, why: 'tested' })),
      ...kinship.stacked.map(([earlier, later]): OrderDependency => ({
        earlier: refs[earlier]!,
        later: refs[later]!,
        why: 'stacked',
      })),
    ],
    all,
    drafts,
  );
  const known = new Set(free.map(({ ref }) => ref));
  const isKnown = (pair: readonly [string, string]): boolean => pair.every((ref) => known.has(ref));
  const touching = contacts.pairs.map((pair) => pair.refs).filter(isKnown);
  const close = closePairs(survey).filter(isKnown);
  const replay = replayedOrderOf(problem, context.options.land, { touching, close });
  let outcomes: readonly ProbeOutcome[] = [];
  for (;;) {
    const step = replay.next(outcomes);
    if (!step.done) {
      outcomes = await landings.answer(step.value);
      continue;
    }
    if (step.value.ok) return ok({ ...step.value.value, waiting });
    return err(`these branches have to wait for each other: ${describeCycle(step.value.error)}`);
  }
}

/** The pairs as this fleet calls them; one that is not whole here orders nothing. */
export function pairsAmong(
  refs: readonly string[],
  together: readonly TogetherPair[],
): (readonly [asker: string, owner: string])[] {
  const called = (branch: string): string | undefined =>
    refs.find((ref) => ref === branch) ??
    refs.find((ref) => ref.slice(ref.indexOf('/') + 1) === branch);
  return together.flatMap(({ asker, owner }) => {
    const [earlier, later] = [called(asker), called(owner)];
    return earlier === undefined || later === undefined ? [] : [[earlier, later] as const];
  });
}

/** The pairs that lines alone do not keep apart: git was asked about them, or knows more of them than lines. */
function closePairs({
  branches,
  contacts,
  directions,
  meetings,
}: FleetSurvey): (readonly [string, string])[] {
  const ref = (at: number): string => branches[at]!.member.ref;
  return [
    ...contacts.pairs.filter(({ entangled }) => entangled).map(({ refs }) => refs),
    ...directions.map(({ refs }) => refs),
    ...meetings
      .filter(({ source }) => source !== 'lines')
      .map(({ candidate }) => [ref(candidate.a), ref(candidate.b)] as const),
  ];
}

/** `after` of the policy. */
const policyRules = ({ session }: FleetContext): Precedence[] =>
  [...(session.policy?.ownership.agents ?? [])].flatMap(([later, { after }]) =>
    after.map((earlier) => ({ earlier, later })),
  );
