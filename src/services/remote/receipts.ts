import type { BranchName } from '../../domain/refs.ts';
import { RECEIPT_REFS, receiptRef } from '../../domain/states/landing-receipt.ts';
import { firstParents } from '../../git/history/first-parents.ts';
import { ObjectReader } from '../../git/objects/object-reader.ts';
import { readTip } from '../../git/refs/read-tip.ts';
import { entryAt } from './contents.ts';
import type { RemoteCopy, Wanted } from './remote-copy.ts';

/** What brings the receipts of all bases: a pattern, because a remote may have none. */
export const EVERY_RECEIPT: Wanted = { from: `${RECEIPT_REFS}*`, to: `${RECEIPT_REFS}*` };

/** Fetches what the newest receipts of a base say, where it has some. */
export async function fetchReceipts(
  copy: RemoteCopy,
  base: BranchName,
  most: number,
): Promise<void> {
  const reader = new ObjectReader(copy.repo);
  try {
    const tip = await readTip(reader, receiptRef(base));
    const states = tip === null ? [] : await firstParents(copy.repo, tip, most);
    const entries = await Promise.all(states.map((state) => entryAt(reader, state, 'state.json')));
    await copy.fetchBlobs(entries.flatMap((entry) => entry?.oid ?? []));
  } finally {
    await reader.close();
  }
}
