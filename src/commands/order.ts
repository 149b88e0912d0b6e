import { combinationFindings, overlapFindings } from '../core/overlap/findings.ts';
import { sortFindings } from '../domain/finding.ts';
import type { OrderData } from '../domain/order.ts';
import type { OverlapData } from '../domain/overlap.ts';
import { outcomeOf, type Report, REPORT_SCHEMA } from '../domain/report.ts';
import type { Host } from '../host/host.ts';
import { describeFleet } from './fleet/describe-fleet.ts';
import { solve } from './fleet/find-order.ts';
import { withFleet } from './fleet/open-fleet.ts';
import { readContacts } from './fleet/replay/contacts.ts';
import { Landings } from './fleet/replay/landings.ts';
import { surveyFleet } from './fleet/survey.ts';
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
