import { LANDING_MODES } from '../../../src/domain/landing.ts';
import type { LandVerb } from '../../../src/domain/reports/land.ts';
import {
  AFTER_STATES,
  LANDING_ENDS,
  LANDING_WAYS,
  LEFT_REASONS,
  STEP_STATES,
} from '../../../src/domain/states/landing-journal.ts';
import { silentBreak } from './fleet.ts';
import { branch, hostName, notices } from './states.ts';
import { agentId, count, flag, list, object, oid, oneOf, orNull, text, time } from './words.ts';

const digest = text('Of the commands, and of what they run in.');
const receiptId = { type: 'string', pattern: '^r[0-9a-f]{7,64}$' };
const landingId = { type: 'string', pattern: '^l[0-9a-f]{7,64}$' };
const left = { why: { enum: LEFT_REASONS }, words: text('Why it does not land, a clause.') };
const landed = { branch, tip: oid, agent: orNull(agentId) };
const made = { commit: oid, tree: oid };
const terms = { mode: { enum: LANDING_MODES }, way: { enum: LANDING_WAYS } };
const order = { after: list(branch), together: list(branch) };

const plan = object({
  base: object({ branch, oid }),
  ...terms,
  batch: count,
  retries: count,
  validate: list(text('A command.')),
  steps: list(object({ ...landed, ...order, tree: oid, unsigned: count })),
  left: list(object({ ...landed, ...left })),
  breaks: list(silentBreak),
});

const proof = object({ tree: oid, digest, at: time, flaky: flag });

const journal = object({
  id: landingId,
  base: branch,
  ...terms,
  batch: count,
  retries: count,
  before: oid,
  onto: oid,
  steps: list(
    object({
      ...landed,
      ...order,
      state: { enum: STEP_STATES },
      made: orNull(object(made)),
      left: orNull(object(left)),
    }),
  ),
  search: object({
    green: orNull(count),
    red: orNull(object({ prefix: count, words: text('What failed, a clause.'), seen: count })),
  }),
  publishing: orNull(oid),
  rounds: count,
  runs: count,
  proofs: list(proof),
  lander: object({
    mark: object({
      pid: count,
      host: hostName,
      started: orNull(text('When it began, as the system counts.')),
    }),
    until: time,
  }),
  after: orNull(
    object({ state: { enum: AFTER_STATES }, words: text('What failed, a clause; or empty.') }),
  ),
  undoes: orNull(
    object({
      receipt: receiptId,
      before: oid,
      back: flag,
      why: text('Why in that way: by moving the base back, or by reverts. A clause; or empty.'),
    }),
  ),
  clean: flag,
  difference: orNull(
    text('How the base differs from what was validated; null unless that ended it.'),
  ),
  end: orNull({ enum: LANDING_ENDS }),
  began: time,
});

const receipt = object({
  id: receiptId,
  landing: landingId,
  base: branch,
  before: oid,
  after: oid,
  ...terms,
  steps: list(object({ ...landed, ...made })),
  proof: orNull(proof),
  undoes: orNull(receiptId),
  back: flag,
  at: time,
  host: hostName,
});

/** Of `land` and the commands below it. */
export const land = object({
  verb: oneOf<LandVerb>({
    abort: true,
    continue: true,
    land: true,
    plan: true,
    show: true,
    skip: true,
    status: true,
    undo: true,
  }),
  plan: orNull(plan),
  journal: orNull(journal),
  receipts: list(receipt),
  now: time,
  notices,
});
