import type { ReceiptId } from '../../domain/states/landing-journal.ts';
import type { LandingReceipt } from '../../domain/states/landing-receipt.ts';

/** A landing that was taken back, and by which. */
export interface TakenBack {
  readonly receipt: LandingReceipt;
  readonly by: LandingReceipt;
}

/**
 * The landings that are taken back, and were not brought again by taking that back as well. One that is landed
 * anew has a receipt of its own, which may have the same id.
 *
 * @param receipts newest first
 */
export function takenBack(receipts: readonly LandingReceipt[]): TakenBack[] {
  const undone = new Map<ReceiptId, LandingReceipt>();
  const found: TakenBack[] = [];
  for (const receipt of receipts) {
    const by = undone.get(receipt.id);
    undone.delete(receipt.id);
    if (by !== undefined) found.push({ receipt, by });
    else if (receipt.undoes !== null) undone.set(receipt.undoes, receipt);
  }
  return found;
}

/** Those whose commits the base does not have any more, because it was moved back. */
export const neverLanded = (receipts: readonly LandingReceipt[]): LandingReceipt[] =>
  takenBack(receipts).flatMap(({ receipt, by }) => (by.back ? [receipt] : []));
