import { overlapFindings } from '../core/overlap/findings.ts';
import type { OverlapData, OverlapLevel } from '../domain/overlap.ts';
import { type Outcome, outcomeOf, type Report, REPORT_SCHEMA } from '../domain/report.ts';
import type { Host } from '../host/host.ts';
import { describeFleet } from './fleet/describe-fleet.ts';
import { withFleet } from './fleet/open-fleet.ts';
import type { FleetOptions } from './fleet/options.ts';
import { surveyFleet } from './fleet/survey.ts';

export interface OverlapOptions extends FleetOptions {
  /** The weakest level that refuses; null: nothing does. */
  readonly failOn: OverlapLevel | null;
}

/** Where the branches of the fleet collide, with the base and with each other. */
export async function overlap(host: Host, options: OverlapOptions): Promise<Report<OverlapData>> {
  const began = host.now();
  return withFleet(host, options, async (context, members) => {
    const survey = await surveyFleet(context, members);
    const data = describeFleet(context, survey, began);
    const findings = overlapFindings(data, options.failOn);
    return {
      schema: REPORT_SCHEMA,
      command: 'overlap',
      verdict: verdictOf(outcomeOf(findings), data, options),
      agent: null,
      policy: context.session.policy?.source ?? null,
      findings,
      data,
    };
  });
}

/** Where a gate was asked for, what could not be judged does not pass it. */
export function verdictOf(
  outcome: Outcome,
  { degraded }: OverlapData,
  { failOn }: OverlapOptions,
): Outcome {
  return failOn !== null && outcome === 'allowed' && degraded.length > 0 ? 'undecided' : outcome;
}
