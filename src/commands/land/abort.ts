import { takeUpLanding } from '../../core/landing/transitions.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { LandData } from '../../domain/reports/land.ts';
import { isAskedFor, type LandingJournal } from '../../domain/states/landing-journal.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Host } from '../../host/host.ts';
import { interruptible } from '../../host/signals.ts';
import { landParts } from '../../services/landing/land-parts.ts';
import {
  changeJournal,
  type LandingWork,
  recordLanding,
} from '../../services/landing/landing-work.ts';
import {
  removeLandingBranch,
  withdrawRequest,
} from '../../services/landing/requests/withdraw-request.ts';
import { workOfLast } from '../../services/landing/work-of-last.ts';
import { withPolicy } from '../../services/session/session.ts';

/**
 * Ends a landing that was cut short. What has landed stays; the rest is as it was.
 *
 * @throws Failure when there is none, it still runs, or the base was being moved
 */
export function runLandAbort(host: Host): Promise<Report<LandData>> {
  return withPolicy(host, (session) =>
    interruptible(async (signal) => {
      const work = await workOfLast(session, signal);
      const taken = await changeJournal(work, takeUpLanding);
      if (taken.publishing !== null && !(await isWithdrawn(work, taken)))
        throw new Failure('usage', `${taken.base} was being moved when it was cut short`, [
          hintTo('find out whether it was, and go on', 'bailiwick land continue'),
        ]);
      const journal = await recordLanding(work, { kind: 'aborted' });
      await removeLandingBranch(work, journal);
      return reportOf('land abort', landParts(session, 'abort', { journal }));
    }),
  );
}

/** Whoever was asked to move the base need not do it any more; a push that was begun cannot be called back. */
const isWithdrawn = async (work: LandingWork, journal: LandingJournal): Promise<boolean> =>
  isAskedFor(journal.way) && (await withdrawRequest(work, journal));
