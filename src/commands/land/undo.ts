import { findReceipt } from '../../core/landing/find-receipt.ts';
import { beginLanding } from '../../core/landing/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { LandData } from '../../domain/reports/land.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import type { Host } from '../../host/host.ts';
import { interruptible } from '../../host/signals.ts';
import { afterLanding } from '../../services/landing/after-landing.ts';
import { approveValidation } from '../../services/landing/approve-validation.ts';
import { baseWorktree } from '../../services/landing/base-worktree.ts';
import { draftUndo } from '../../services/landing/draft-landing.ts';
import { landParts } from '../../services/landing/land-parts.ts';
import { changeJournal, openLandingWork } from '../../services/landing/landing-work.ts';
import { readBase } from '../../services/landing/read-base.ts';
import { readReceipts } from '../../services/landing/read-receipts.ts';
import { runLanding } from '../../services/landing/run-landing.ts';
import { type PolicySession, withPolicy } from '../../services/session/session.ts';

export interface LandUndoOptions {
  /** Empty: the newest. */
  readonly receipt: string;
  readonly yes?: boolean;
}

/**
 * Takes back a landing by one of reverts, where that landing was: all of it or nothing. The base only
 * ever moves on.
 *
 * @throws Failure when there is no such receipt, or another landing is not over
 */
export function runLandUndo(
  host: Host,
  { receipt: name, yes = false }: LandUndoOptions,
): Promise<Report<LandData>> {
  return withPolicy(host, (session) =>
    interruptible(async (signal) => {
      const { base } = session.policy.ownership;
      const receipt = findReceipt(await readReceipts(session, base), name);
      const onto = await readBase(session, base, receipt.way);
      if (!(await isAncestor(session.workspace.repo, receipt.after, onto))) throw notThere(receipt);
      const command = `bailiwick land undo ${receipt.id}`;
      await approveValidation(session, receipt.steps, { yes, command });
      if (receipt.way === 'local') await baseWorktree(session, base);
      const work = await openLandingWork(session, base, receipt.way, signal);
      const draft = draftUndo(session, receipt, onto);
      const begun = await changeJournal(work, (current, asker, moment) =>
        beginLanding(current, draft, asker, moment),
      );
      const journal = await runLanding(work, begun);
      const notices = await afterLanding(work, journal);
      return reportOf('land undo', await partsOf(session, receipt, { journal, notices }));
    }),
  );
}

/** With the receipt that it left, if it moved the base. */
async function partsOf(
  session: PolicySession,
  { id, base }: LandingReceipt,
  answer: Parameters<typeof landParts>[2],
) {
  const [newest] = await readReceipts(session, base);
  return landParts(session, 'undo', {
    ...answer,
    receipts: newest?.undoes === id ? [newest] : [],
  });
}

const notThere = ({ id, base, after }: LandingReceipt): Failure =>
  new Failure('usage', `${base} does not have what ${id} landed any more`, [
    hintTo('see where that is now', `git branch --all --contains ${shellQuote(after)}`),
  ]);
