import { takeUpLanding } from '../../core/landing/transitions.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { LandData } from '../../domain/reports/land.ts';
import type { Host } from '../../host/host.ts';
import { interruptible } from '../../host/signals.ts';
import { cleanAfterLanding } from '../../services/cleanup/clean-after-landing.ts';
import { afterLanding, completeLast } from '../../services/landing/after-landing.ts';
import { approveValidation } from '../../services/landing/approve-validation.ts';
import { landParts } from '../../services/landing/land-parts.ts';
import { changeJournal } from '../../services/landing/landing-work.ts';
import { runLanding } from '../../services/landing/run-landing.ts';
import { workOfLast } from '../../services/landing/work-of-last.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface LandContinueOptions {
  readonly yes?: boolean;
}

/**
 * Goes on with a landing that was cut short, if only before all that it brought was marked.
 *
 * @throws Failure when there is none, or it still runs
 */
export function runLandContinue(
  host: Host,
  { yes = false }: LandContinueOptions,
): Promise<Report<LandData>> {
  return withPolicy(host, (session) =>
    interruptible(async (signal) => {
      const last = await completeLast(session);
      const late = [
        ...last.notices,
        ...(last.journal === null ? [] : await cleanAfterLanding(host, last.journal)),
      ];
      if (late.length > 0)
        return reportOf(
          'land continue',
          landParts(session, 'continue', { ...last, notices: late }),
        );
      const work = await workOfLast(session, signal);
      const taken = await changeJournal(work, takeUpLanding);
      await approveValidation(session, taken.steps, { yes, command: 'bailiwick land continue' });
      const journal = await runLanding(work, taken);
      const notices = [
        ...(await afterLanding(work, journal)),
        ...(await cleanAfterLanding(host, journal)),
      ];
      return reportOf('land continue', landParts(session, 'continue', { journal, notices }));
    }),
  );
}
