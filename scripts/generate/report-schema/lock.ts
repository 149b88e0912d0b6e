import type { LockChangeData, LockOutcome, LockRow } from '../../../src/domain/reports/lock.ts';
import type { SharedPart } from '../../../src/domain/ownership.ts';
import { branch, hostName, notices, sync } from './states.ts';
import {
  agentId,
  count,
  flag,
  list,
  object,
  oid,
  oneOf,
  orNull,
  ref,
  text,
  time,
} from './words.ts';

const milliseconds = { type: 'integer', minimum: 0, description: 'Milliseconds.' };

const lease = object(
  {
    name: text('The name of a shared part.'),
    holder: orNull(agentId),
    host: hostName,
    branch: orNull(branch),
    since: time,
    expires: time,
    reason: text('Why it was taken.'),
    fence: count,
    offline: flag,
    takenFrom: orNull(agentId),
    base: orNull(oid),
    left: list(object({ agent: agentId, head: oid })),
  },
  ['base', 'left'],
);

const row = object(
  {
    name: text('The name of a shared part.'),
    state: oneOf<LockRow['state']>({
      expired: true,
      free: true,
      held: true,
      landed: true,
      unreadable: true,
    }),
    lease: orNull(lease),
    part: orNull(
      object({
        agents: list(agentId),
        lock: oneOf<SharedPart['lock']>({ advised: true, none: true, required: true }),
        review: milliseconds,
        ttl: milliseconds,
        paths: list(text('A glob.')),
      }),
    ),
    standing: sync,
    unreadable: object({ reason: text('Why, a clause.'), hint: orNull(ref('hint')) }),
  },
  ['unreadable'],
);

const change = object({
  verb: oneOf<LockChangeData['verb']>({ acquire: true, release: true, renew: true, reset: true }),
  outcome: oneOf<LockOutcome>({
    acquired: true,
    refused: true,
    released: true,
    renewed: true,
    reset: true,
    stolen: true,
    unchanged: true,
  }),
  dryRun: flag,
  lock: orNull(row),
  now: time,
  notices,
});

const listed = object({ verb: { const: 'list' }, locks: list(row), now: time, notices });

/** Of `lock acquire`, `renew`, `release`, `reset` and `list`. */
export const lock = { anyOf: [change, listed] };
