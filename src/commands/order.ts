import { describeCycle } from '../core/order/fleet.ts';
import type { ProbeOutcome } from '../core/order/probe.ts';
import { replayedOrderOf } from '../core/order/replay.ts';
import { combinationFindings, overlapFindings } from '../core/overlap/findings.ts';
import { type Orderable, orderProblem } from '../core/overlap/order-problem.ts';
import { Failure } from '../domain/failure.ts';
import { sortFindings } from '../domain/finding.ts';
import type { OrderData, OrderDependency } from '../domain/order.ts';
import type { OverlapData, OverlapPair } from '../domain/overlap.ts';
import { outcomeOf, type Report, REPORT_SCHEMA } from '../domain/report.ts';
import type { Host } from '../host/host.ts';
import { partnerOf } from './fleet/branch.ts';
import { type Contacts, readContacts } from './fleet/replay/contacts.ts';
import type { FleetContext } from './fleet/context.ts';
import { describeFleet } from './fleet/describe-fleet.ts';
import { Landings } from './fleet/replay/landings.ts';
import { withFleet } from './fleet/open-fleet.ts';
import { type Survey, surveyFleet } from './fleet/survey.ts';
import { type OverlapOptions, verdictOf } from './overlap.ts';

/** In which order the branches of the fleet are cheapest to merge, tried out before it is said. */
export async function order(
  host: Host,
  options: OverlapOptions,
): Promise<Report<OrderData & OverlapData>> {
  const began = host.now();
  return withFleet(host, options, async (context, members) => {
    const survey = await surveyFleet(context, members);
    const found = describeFleet(context, survey, began);
    const contacts = await readContacts(context, survey);
    const landings = new Landings(context, survey.branches, contacts);
    const ordered = await solve(context, survey, found.pairs, contacts, landings);
    context.memory.save();
    const { stats, ...facts } = describeFleet(context, survey, began);
    const cached = stats.cached + landings.recalled;
    const data = { ...facts, ...ordered, stats: { ...stats, cached } };
    const findings = sortFindings([
      ...overlapFindings(data, options.failOn),
      ...combinationFindings(ordered, options.failOn),
    ]);
    return {
      schema: REPORT_SCHEMA,
      command: 'order',
      verdict: verdictOf(outcomeOf(findings), data, options),
      agent: null,
      policy: context.session.policy?.source ?? null,
      findings,
      data,
    };
  });
}

async function solve(
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
