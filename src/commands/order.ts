import { combinationFindings, overlapFindings } from '../core/overlap/findings.ts';
import { gatedVerdict } from '../core/overlap/gated-verdict.ts';
import { Failure } from '../domain/failure.ts';
import { sortFindings } from '../domain/finding.ts';
import { hintTo } from '../domain/hint.ts';
import type { OverlapOptions } from '../domain/options/fleet-options.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { OrderData } from '../domain/reports/order.ts';
import type { OverlapData } from '../domain/reports/overlap.ts';
import type { Host } from '../host/host.ts';
import { findOrder } from '../services/fleet/find-order.ts';
import { withFleet } from '../services/fleet/open/open-fleet.ts';

/** In which order the branches of the fleet are cheapest to merge, tried out before it is said. */
export async function runOrder(
  host: Host,
  options: OverlapOptions,
): Promise<Report<OrderData & OverlapData>> {
  const began = host.now();
  return withFleet(host, options, async (context, members) => {
    const { overlap, order } = await findOrder(context, members, began);
    if (!order.ok)
      throw new Failure('policy', order.error, [
        hintTo('see what each agent comes after', 'git grep -n after -- ownership.yml'),
      ]);
    const { stats, ...facts } = overlap;
    const data = { ...facts, ...order.value, stats };
    const findings = sortFindings([
      ...overlapFindings(data, options.failOn),
      ...combinationFindings(order.value, options.failOn),
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
