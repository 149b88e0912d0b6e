import type { PolicySession } from '../session/session.ts';
import { readState } from '../state/state-place.ts';
import { journalPlace } from './landing-places.ts';
import { type LandingWork, openLandingWork, refusedLanding } from './landing-work.ts';

/** What going on with the last landing needs. @throws Failure when this clone knows of none */
export async function workOfLast(
  session: PolicySession,
  signal: AbortSignal,
): Promise<LandingWork> {
  const { base } = session.policy.ownership;
  const read = await readState(session.reader, journalPlace(base));
  if (!read.ok) throw read.error;
  if (read.value === null) throw refusedLanding('none', base, null);
  return openLandingWork(session, base, read.value.way, signal);
}
