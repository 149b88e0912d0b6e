import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import type { LandingWork } from './landing-work.ts';
import { leftBehind } from './left-behind.ts';
import { markLanded } from './mark-landed.ts';
import { removeLandingBranch } from './requests/withdraw-request.ts';

/** What follows a landing: the base of this clone, and everything that waited for it. @returns what to know of it */
export const afterLanding = async (
  work: Pick<LandingWork, 'base' | 'session'>,
  journal: LandingJournal,
): Promise<string[]> => {
  await removeLandingBranch(work, journal);
  return [...(await leftBehind(work, journal)), ...(await markLanded(work.session, journal))];
};
