import { LANDING_MODES } from '../../../src/domain/landing.ts';
import { branch, branches, orderData, overlap, pair } from './fleet.ts';
import { waitingRequest } from './states.ts';
import { landingRecords } from './landing-records.ts';
import { count, flag, list, object, orNull, path, ref, text, time } from './words.ts';

export const board = object({
  overlap,
  order: orNull(object(orderData)),
  problem: orNull(text('Why there is no order.')),
  landing: { enum: LANDING_MODES },
  entries: list(
    object({
      ref: branch,
      pullRequest: orNull(ref('pullRequest')),
      control: list(path),
      findings: list(ref('finding')),
    }),
  ),
  elsewhere: list(ref('pullRequest')),
  leftOut: list(ref('pullRequest')),
  open: orNull(list(count)),
  incomplete: list(text('What could not be looked at, one sentence.')),
  behind: orNull(count),
  requests: list(waitingRequest),
  landings: landingRecords,
  changes: orNull(
    object({
      since: time,
      base: flag,
      opened: branches,
      gone: branches,
      moved: branches,
      conflicts: list(pair),
      resolved: list(pair),
    }),
  ),
  at: time,
});
