import type { LandingJournal } from '../../../domain/states/landing-journal.ts';
import type { PolicySession } from '../../session/session.ts';
import { readReceipts } from '../read-receipts.ts';

/**
 * That branches can be landed anew, because the base was moved back over their landing, a sentence; nothing
 * where what was taken back had itself taken back something.
 */
export async function openedAgain(
  session: PolicySession,
  { base, undoes, onto }: LandingJournal,
): Promise<string[]> {
  if (undoes?.back !== true || onto !== undoes.before) return [];
  const receipts = await readReceipts(session, base);
  const landing = receipts.find(({ id }) => id === undoes.receipt);
  if (landing === undefined || landing.undoes !== null) return [];
  return [
    `open again, to be mended and landed: ${landing.steps.map(({ branch }) => branch).join(' ')}`,
  ];
}
