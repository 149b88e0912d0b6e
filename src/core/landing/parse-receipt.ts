import * as v from 'valibot';
import { err, ok, type Result } from '../../domain/result.ts';
import { type LandingReceipt, receiptIdOf } from '../../domain/states/landing-receipt.ts';
import { Id, Mode, ReceiptText, StepList, Text, Way, WrittenProof } from './written-forms.ts';
import { readWrittenState, writtenState } from '../text/written-state.ts';
import { Agent, Branch, Moment, momentText, ObjectId } from '../text/written-values.ts';

/** `state.json` of a receipt, times in ISO 8601 UTC. */
export const serialiseReceipt = (receipt: LandingReceipt): string =>
  writtenState({
    ...receipt,
    proof: receipt.proof && { ...receipt.proof, at: momentText(receipt.proof.at) },
    at: momentText(receipt.at),
  });

/** Reads it back; refuses with the reason what `serialiseReceipt` could not have written. */
export function parseReceipt(text: string): Result<LandingReceipt, string> {
  const read = readWrittenState(text, { noun: 'a receipt', schema: WrittenReceipt });
  if (!read.ok) return read;
  const { id, after, back, landing, undoes } = read.value;
  if (back && undoes === null) return err('it moved the base back, and takes nothing back');
  if (back)
    return id === receiptIdOf(read.value) ? ok(read.value) : err(`its id is not of ${landing}`);
  return after.startsWith(id.slice(1)) ? ok(read.value) : err('its id is not of its commit');
}

const WrittenReceipt: v.GenericSchema<unknown, LandingReceipt> = v.object({
  id: ReceiptText,
  landing: Id,
  base: Branch,
  before: ObjectId,
  after: ObjectId,
  mode: Mode,
  way: Way,
  steps: StepList(
    v.object({
      branch: Branch,
      tip: ObjectId,
      agent: v.nullable(Agent),
      commit: ObjectId,
      tree: ObjectId,
    }),
  ),
  proof: v.nullable(WrittenProof),
  undoes: v.nullable(ReceiptText),
  // A receipt of before the base could be moved back does not say it.
  back: v.optional(v.boolean(), false),
  at: Moment,
  host: Text,
});
