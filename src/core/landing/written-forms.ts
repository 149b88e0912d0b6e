import * as v from 'valibot';
import { LANDING_MODES } from '../../domain/landing.ts';
import {
  LANDING_WAYS,
  type LandingId,
  parseLandingId,
  type ReceiptId,
} from '../../domain/states/landing-journal.ts';
import { parseReceiptId } from '../../domain/states/landing-receipt.ts';
import { Moment, ObjectId, parsedBy } from '../text/written-values.ts';

const MOST_STEPS = 1000;

export const Text = v.pipe(v.string(), v.maxLength(2000));
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
export const Id = parsedBy<LandingId>(parseLandingId);
export const ReceiptText = parsedBy<ReceiptId>(parseReceiptId);
export const Mode = v.picklist(LANDING_MODES);
export const Way = v.picklist(LANDING_WAYS);
export const Made = v.object({ commit: ObjectId, tree: ObjectId });
export const StepList = <Step extends v.GenericSchema>(step: Step) =>
  v.pipe(v.array(step), v.maxLength(MOST_STEPS));
export const WrittenProof = v.object({
  tree: ObjectId,
  digest: Text,
  at: Moment,
  flaky: v.boolean(),
});
