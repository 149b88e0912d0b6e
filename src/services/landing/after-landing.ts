import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import type { PolicySession } from '../session/session.ts';
import { readState } from '../state/state-place.ts';
import { journalPlace } from './landing-places.ts';
import type { LandingWork } from './landing-work.ts';
import { leftBehind } from './left-behind.ts';
import { markLanded } from './marks/mark-landed.ts';
import { openedAgain } from './undo/opened-again.ts';
import { removeLandingBranch } from './requests/withdraw-request.ts';

/** What follows a landing: the base of this clone, and everything that waited for it. @returns what to know of it */
export const afterLanding = async (
  work: Pick<LandingWork, 'base' | 'session'>,
  journal: LandingJournal,
): Promise<string[]> => {
  await removeLandingBranch(work, journal);
  return [
    ...(await openedAgain(work.session, journal)),
    ...(await leftBehind(work, journal)),
    ...(await markLanded(work.session, journal)),
  ];
};

/** The last landing, and what of it was marked only now. */
export interface CompletedLast {
  /** Null where there is none that is over. */
  readonly journal: LandingJournal | null;
  readonly notices: readonly string[];
}

/**
 * Marks what the last landing brought, as far as whoever carried it out was killed before. No journal says how
 * far that was, so it is looked for; where all was done, nothing is written.
 */
export async function completeLast(session: PolicySession): Promise<CompletedLast> {
  const { base } = session.policy.ownership;
  const read = await readState(session.reader, journalPlace(base));
  const journal = read.ok ? read.value : null;
  if (journal === null || journal.end === null) return { journal: null, notices: [] };
  await removeLandingBranch({ session }, journal);
  return { journal, notices: await markLanded(session, journal) };
}
