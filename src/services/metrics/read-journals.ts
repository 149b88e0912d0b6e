import type { BranchName } from '../../domain/refs.ts';
import type { LandingJournal } from '../../domain/states/landing-journal.ts';
import { journalPlace } from '../landing/landing-places.ts';
import type { Session } from '../session/session.ts';
import { pastStates } from './past-states.ts';

/**
 * One journal for each landing on a base, as it ended, newest first. What cannot be read is not among them, and
 * is counted.
 */
export async function readJournals(
  session: Pick<Session, 'reader' | 'workspace'>,
  base: BranchName,
): Promise<{ readonly journals: readonly LandingJournal[]; readonly unread: number }> {
  const { states, unread } = await pastStates(session, journalPlace(base));
  const found = new Map<string, LandingJournal>();
  for (const journal of states) if (!found.has(journal.id)) found.set(journal.id, journal);
  return { journals: [...found.values()], unread };
}
