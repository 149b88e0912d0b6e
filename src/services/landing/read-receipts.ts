import type { BranchName } from '../../domain/refs.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';
import { firstParents } from '../../git/history/first-parents.ts';
import { readStateText } from '../../git/objects/read-states.ts';
import { readTip } from '../../git/refs/read-tip.ts';
import type { Session } from '../session/session.ts';
import { parseState } from '../state/state-place.ts';
import { receiptPlace } from './landing-places.ts';

/** Receipts that are looked through, newest first, unless fewer are asked for. */
const MOST_RECEIPTS = 1000;

/**
 * The receipts of a base as this clone knows them, newest first; none where nothing has landed.
 *
 * @throws Failure when the newest cannot be read
 */
export async function readReceipts(
  { reader, workspace: { repo } }: Pick<Session, 'reader' | 'workspace'>,
  base: BranchName,
  most: number = MOST_RECEIPTS,
): Promise<LandingReceipt[]> {
  const place = receiptPlace(base);
  const tip = await readTip(reader, place.ref);
  if (tip === null) return [];
  const receipts: LandingReceipt[] = [];
  for (const commit of await firstParents(repo, tip, most)) {
    const read = parseState(place, await readStateText(reader, commit));
    if (read.ok) receipts.push(read.value);
    else if (receipts.length === 0) throw read.error;
    // Below the first receipt is the base itself.
    else break;
  }
  return receipts;
}
