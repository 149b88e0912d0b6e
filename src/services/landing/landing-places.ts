import { parseJournal, serialiseJournal } from '../../core/landing/parse-journal.ts';
import { parseReceipt, serialiseReceipt } from '../../core/landing/parse-receipt.ts';
import { hintTo } from '../../domain/hint.ts';
import type { BranchName } from '../../domain/refs.ts';
import { err } from '../../domain/result.ts';
import { type LandingJournal, landingRef } from '../../domain/states/landing-journal.ts';
import { type LandingReceipt, receiptRef } from '../../domain/states/landing-receipt.ts';
import type { StatePlace } from '../state/state-place.ts';

/** Where the journal of a base is kept. That of another base is not one of this, whoever put it there. */
export const journalPlace = (base: BranchName): StatePlace<LandingJournal> => ({
  ref: landingRef(base),
  noun: 'landing',
  parse: (text) => {
    const journal = parseJournal(text);
    if (!journal.ok || journal.value.base === base) return journal;
    return err(`it is a landing on ${journal.value.base}`);
  },
  serialise: serialiseJournal,
  hints: [hintTo('see what was done to it', `git log -p ${landingRef(base)}`)],
});

/** Where the receipts of a base are kept. */
export const receiptPlace = (base: BranchName): StatePlace<LandingReceipt> => ({
  ref: receiptRef(base),
  noun: 'receipt',
  parse: (text) => {
    const receipt = parseReceipt(text);
    if (!receipt.ok || receipt.value.base === base) return receipt;
    return err(`it is a receipt of ${receipt.value.base}`);
  },
  serialise: serialiseReceipt,
  hints: [hintTo('see what was done to it', `git log -p ${receiptRef(base)}`)],
});
