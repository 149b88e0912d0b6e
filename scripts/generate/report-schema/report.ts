import { agentId, count, list, object, oid, orNull, text, time } from './words.ts';

const number = { type: 'number', minimum: 0 };
const share = orNull({ type: 'number', minimum: 0, maximum: 1 });
const span = orNull({ type: 'number', minimum: 0, description: 'Milliseconds.' });
const wait = orNull(object({ count, total: number, open: count }));

export const report = object({
  since: time,
  until: time,
  base: object({ ref: text('As git names it.'), oid }),
  landings: object({
    count,
    days: list(count),
    ordered: orNull(count),
    outside: count,
    undone: count,
    direct: count,
    leadTime: span,
  }),
  agents: list(
    object({
      agent: agentId,
      landings: count,
      perDay: number,
      days: list(count),
      leadTime: span,
      hours: orNull(object({ tasks: count, estimated: number, spent: number })),
    }),
  ),
  integration: orNull(
    object({
      landings: count,
      landed: count,
      conflict: count,
      red: count,
      other: count,
      rate: share,
      branchRate: share,
      conflictsPerWeek: number,
      validations: count,
      flaky: count,
      baseRed: count,
      recovery: span,
    }),
  ),
  waits: object({ requests: wait, landing: wait, locks: wait, phases: wait }),
  refusals: orNull(
    list(
      object({
        code: text('The code of a finding.'),
        rule: orNull(text('Its place in ownership.yml.')),
        count,
      }),
    ),
  ),
  targets: object({
    landings: orNull(number),
    conflicts: orNull(number),
    integration: orNull(number),
  }),
  notices: list(text('What could not be read or asked, one sentence.')),
});
