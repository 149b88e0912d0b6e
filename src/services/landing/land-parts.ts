import { planNotices } from '../../core/landing/plan-notices.ts';
import { landingFindings, planFindings } from '../../core/landing/findings.ts';
import { sortFindings } from '../../domain/finding.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { LandData, LandingPlan, LandVerb } from '../../domain/reports/land.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';
import type { PolicySession } from '../session/session.ts';

/** What a command of `land` has to say. */
export interface LandAnswer {
  readonly plan?: LandingPlan | null;
  readonly journal?: LandingJournal | null;
  readonly receipts?: readonly LandingReceipt[];
  readonly notices?: readonly string[];
}

/** The parts of its report: what was asked for and did not land is a finding. */
export function landParts(
  { policy, host }: PolicySession,
  verb: LandVerb,
  { plan = null, journal = null, receipts = [], notices = [] }: LandAnswer,
): ReportParts<LandData> {
  const findings = [
    ...(plan === null ? [] : planFindings(plan)),
    ...(journal === null ? [] : landingFindings(journal)),
  ];
  return {
    agent: null,
    policy: policy.source,
    findings: sortFindings(findings),
    data: {
      verb,
      plan,
      journal,
      receipts,
      now: host.now(),
      notices: [...policy.notices, ...(plan === null ? [] : planNotices(plan)), ...notices],
    },
  };
}
