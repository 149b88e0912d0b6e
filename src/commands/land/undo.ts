import { neverLanded } from '../../core/history/taken-back.ts';
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
import { knownElsewhere } from '../../services/landing/undo/known-elsewhere.ts';
import { type PolicySession, withPolicy } from '../../services/session/session.ts';

export interface LandUndoOptions {
  /** Empty: the newest. */
  readonly receipt: string;
  readonly yes?: boolean;
}

/**
 * Takes back a landing, all of it or nothing: where nobody but this clone has it by moving the base back, else
 * by a landing of reverts where that landing was.
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
      const receipts = await readReceipts(session, base);
      const receipt = findReceipt(receipts, name);
      const gone = takenBackWhole(receipts, receipt);
      if (gone !== null) throw notToRevert(gone);
      const onto = await readBase(session, base, receipt.way);
      if (!(await isAncestor(session.workspace.repo, receipt.after, onto))) throw notThere(receipt);
      const elsewhere = await knownElsewhere(session, receipt, onto);
      const command = `bailiwick land undo ${receipt.id}`;
      await approveValidation(session, receipt.steps, { yes, command });
      if (receipt.way === 'local') await baseWorktree(session, base);
      const work = await openLandingWork(session, base, receipt.way, signal);
      const draft = draftUndo(session, receipt, { onto, elsewhere });
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

/**
 * The landing that a receipt is about was taken back by moving the base back: there is nothing of it to revert.
 * Null where that is not so.
 */
function takenBackWhole(
  receipts: readonly LandingReceipt[],
  receipt: LandingReceipt,
): LandingReceipt | null {
  const gone = neverLanded(receipts);
  if (receipt.back) return gone.find(({ id }) => id === receipt.undoes) ?? receipt;
  return gone.includes(receipt) ? receipt : null;
}

const notToRevert = ({ id, base, steps, undoes }: LandingReceipt): Failure =>
  new Failure('usage', `${base} was moved back over ${id}, and has nothing of it`, [
    undoes === null
      ? hintTo(
          'land its branches again',
          `bailiwick land ${steps.map(({ branch }) => shellQuote(branch)).join(' ')}`,
        )
      : hintTo('take back what that had taken back', `bailiwick land undo ${undoes}`),
  ]);

const notThere = ({ id, base, after }: LandingReceipt): Failure =>
  new Failure('usage', `${base} does not have what ${id} landed any more`, [
    hintTo('see where that is now', `git branch --all --contains ${shellQuote(after)}`),
  ]);
