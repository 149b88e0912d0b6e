import type { LandedCommit } from '../../../src/domain/reports/land.ts';
import { count, flag, list, object, oid, oneOf, orNull, text, time } from './words.ts';

export const landingRecords = object({
  receipts: orNull(count),
  problem: orNull(text('Why the receipts cannot be read.')),
  commits: list(
    object({
      commit: oid,
      subject: text('The first line of its message.'),
      at: time,
      how: oneOf<LandedCommit['how']>({ outside: true, receipt: true, trailer: true }),
      branch: orNull(text('The branch that landed with it.')),
      receipt: orNull({ type: 'string', pattern: '^r[0-9a-f]{7,64}$' }),
      checked: orNull(flag),
    }),
  ),
});
