import { overlapFindings } from '../core/overlap/findings.ts';
import { gatedVerdict } from '../core/overlap/gated-verdict.ts';
import type { OverlapOptions } from '../domain/options/fleet-options.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { OverlapData } from '../domain/reports/overlap.ts';
import type { Host } from '../host/host.ts';
import { describeFleet } from '../services/fleet/describe-fleet.ts';
import { withFleet } from '../services/fleet/open/open-fleet.ts';
import { surveyFleet } from '../services/fleet/survey.ts';

/** Where the branches of the fleet collide, with the base and with each other. */
export async function runOverlap(
  host: Host,
  options: OverlapOptions,
): Promise<Report<OverlapData>> {
  const began = host.now();
  return withFleet(host, options, async (context, members) => {
    const survey = await surveyFleet(context, members);
    const data = describeFleet(context, survey, began);
    const findings = overlapFindings(data, options.failOn);
    return reportOf('overlap', {
      verdict: gatedVerdict(findings, data, options.failOn),
      agent: null,
      policy: context.session.policy?.source ?? null,
      findings,
      data,
    });
  });
}
