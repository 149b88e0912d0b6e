import { takeUpLanding } from '../../core/landing/transitions.ts';
import { lineOf } from '../../core/landing/line.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { LandData } from '../../domain/reports/land.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import type { BranchName } from '../../domain/refs.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Host } from '../../host/host.ts';
import { interruptible } from '../../host/signals.ts';
import { cleanAfterLanding } from '../../services/cleanup/clean-after-landing.ts';
import { afterLanding } from '../../services/landing/after-landing.ts';
import { approveValidation } from '../../services/landing/approve-validation.ts';
import { landParts } from '../../services/landing/land-parts.ts';
import { changeJournal, recordLanding } from '../../services/landing/landing-work.ts';
import { runLanding } from '../../services/landing/run-landing.ts';
import { workOfLast } from '../../services/landing/work-of-last.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface LandSkipOptions {
  readonly branch: string;
  readonly yes?: boolean;
}

/**
 * Leaves one branch out, with what comes after it, and goes on.
 *
 * @throws Failure when no landing was cut short, or the branch does not wait in it
 */
export function runLandSkip(host: Host, options: LandSkipOptions): Promise<Report<LandData>> {
  return withPolicy(host, (session) =>
    interruptible(async (signal) => {
      const work = await workOfLast(session, signal);
      const taken = await changeJournal(work, takeUpLanding);
      const branch = waitingIn(taken, options.branch);
      const command = `bailiwick land skip ${shellQuote(branch)}`;
      await approveValidation(session, taken.steps, { yes: options.yes === true, command });
      const why = { why: 'skipped', words: 'was skipped' } as const;
      const left = new Map([[branch, why]]);
      const journal = await runLanding(work, await recordLanding(work, { kind: 'left', left }));
      const notices = [
        ...(await afterLanding(work, journal)),
        ...(await cleanAfterLanding(host, journal)),
      ];
      return reportOf('land skip', landParts(session, 'skip', { journal, notices }));
    }),
  );
}

function waitingIn(journal: LandingJournal, name: string): BranchName {
  const line = journal.publishing === null ? lineOf(journal) : [];
  const step = line.find(({ branch }) => branch === name);
  if (step !== undefined) return step.branch;
  throw new Failure('usage', `${name} does not wait to land`, [
    hintTo('see what does', 'bailiwick land status'),
  ]);
}
