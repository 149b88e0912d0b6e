import { parseJournal } from '../../core/landing/parse-journal.ts';
import type { BranchName } from '../../domain/refs.ts';
import { type LandingJournal, landingRef } from '../../domain/states/landing-journal.ts';
import { firstParents } from '../../git/history/first-parents.ts';
import { readStateText } from '../../git/objects/read-states.ts';
import { readTip } from '../../git/refs/read-tip.ts';
import type { Session } from '../session/session.ts';

/** States of the journal that are looked back at. */
const MOST_STATES = 5000;

/**
 * One journal for each landing on a base, as it ended, newest first. What cannot be read is not among them, and
 * is counted.
 */
export async function readJournals(
  { reader, workspace: { repo } }: Pick<Session, 'reader' | 'workspace'>,
  base: BranchName,
): Promise<{ readonly journals: readonly LandingJournal[]; readonly unread: number }> {
  const tip = await readTip(reader, landingRef(base));
  if (tip === null) return { journals: [], unread: 0 };
  const found = new Map<string, LandingJournal>();
  let unread = 0;
  for (const commit of await firstParents(repo, tip, MOST_STATES)) {
    const text = await readStateText(reader, commit);
    // Below the first state may be something else.
    if (!text.ok) break;
    const journal = parseJournal(text.value);
    if (!journal.ok) unread += 1;
    else if (!found.has(journal.value.id)) found.set(journal.value.id, journal.value);
  }
  return { journals: [...found.values()], unread };
}
