import { combinationFindings, overlapFindings } from '../core/overlap/findings.ts';
import { gatedVerdict } from '../core/overlap/gated-verdict.ts';
import { Failure } from '../domain/failure.ts';
import { sortFindings } from '../domain/finding.ts';
import { type Hint, hintTo } from '../domain/hint.ts';
import type { Precedence } from '../domain/landing.ts';
import type { OrderOptions } from '../domain/options/fleet-options.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { OrderData } from '../domain/reports/order.ts';
import type { OverlapData } from '../domain/reports/overlap.ts';
import type { Host } from '../host/host.ts';
import { interruptible } from '../host/signals.ts';
import { findOrder, type OrderWishes } from '../services/fleet/find-order.ts';
import type { FleetContext } from '../services/fleet/open/context.ts';
import type { Member } from '../services/fleet/open/members.ts';
import { readTogether } from '../services/requests/read-together.ts';
import { testFleet, type TestedFleet } from '../services/landing/test-fleet.ts';
import { withFleet } from '../services/fleet/open/open-fleet.ts';

/** In which order the branches of the fleet are cheapest to merge, tried out before it is said. */
export async function runOrder(
  host: Host,
  options: OrderOptions,
): Promise<Report<OrderData & OverlapData>> {
  const began = host.now();
  return withFleet(host, options, async (context, members) => {
    requireKnown(options.after ?? [], context, members);
    const { pairs } = await readTogether(context.session, context.base.tree);
    const wishes = { after: options.after, together: pairs };
    const find = async (more: OrderWishes = {}) => {
      const { overlap, order } = await findOrder(context, members, began, { ...wishes, ...more });
      if (order.ok) return { overlap, order: order.value };
      throw new Failure('policy', order.error, remediesOf(context, options));
    };
    const plain = await find();
    const tested = await testedFleet(context, members, plain.order, options);
    const { overlap, order } =
      tested === null || tested.needs.length === 0 ? plain : await find({ needs: tested.needs });
    const { stats, ...facts } = overlap;
    const data = { ...facts, ...order, tested: testOf(tested), stats };
    const findings = sortFindings([
      ...overlapFindings(data, options.failOn),
      ...combinationFindings(order, options.failOn),
    ]);
    return reportOf('order', {
      verdict: gatedVerdict(findings, data, options.failOn),
      agent: null,
      policy: context.session.policy?.source ?? null,
      findings,
      data,
    });
  });
}

/** What helps where branches have to wait for each other. */
const remediesOf = ({ session }: FleetContext, { after = [] }: OrderOptions): Hint[] => [
  ...(after.length > 0 ? [hintTo('order them all the same, leave out one of --after')] : []),
  ...(session.policy === null
    ? []
    : [hintTo('see what each agent comes after', 'git grep -n after -- ownership.yml')]),
];

/** Null where no command was given; only what lands as it is can be tested. */
function testedFleet(
  context: FleetContext,
  members: readonly Member[],
  { order }: OrderData,
  options: OrderOptions,
): Promise<TestedFleet | null> {
  const { test: command } = options;
  if (command === undefined) return Promise.resolve(null);
  const landing = order
    .filter(({ outcome }) => outcome === 'clean')
    .flatMap(({ ref }) => members.find((member) => member.ref === ref) ?? []);
  return interruptible((signal) => testFleet(context, landing, { command, options, signal }));
}

const testOf = (tested: TestedFleet | null): OrderData['tested'] =>
  tested && { command: tested.command, runs: tested.runs, failing: tested.failing };

/** @throws Failure `usage` when a rule names nobody: it would hold nothing back. */
function requireKnown(
  rules: readonly Precedence[],
  { session }: FleetContext,
  members: readonly Member[],
): void {
  const agents = session.policy?.ownership.agents;
  const isKnown = (name: string): boolean =>
    members.some(({ ref, agent }) => ref === name || agent === name) ||
    [...(agents?.keys() ?? [])].some((agent) => agent === name);
  for (const { earlier, later } of rules)
    for (const name of [later, earlier])
      if (!isKnown(name))
        throw new Failure(
          'usage',
          `--after ${later}:${earlier}: ${name} is not an agent of the policy, nor a branch of the fleet`,
          [hintTo('see the branches of the fleet', 'bailiwick overlap')],
        );
}
