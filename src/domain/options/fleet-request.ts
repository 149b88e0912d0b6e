import { Failure } from '../failure.ts';
import { parsePrecedence, type Precedence } from '../landing.ts';
import type { OrderOptions, OverlapOptions } from './fleet-options.ts';
import type { FLEET_TABLE, ORDER_TABLE } from './fleet-table.ts';
import type { OptionValues } from './option-table.ts';

/** What a command that looks at a fleet is asked. */
export const fleetRequest = (options: OptionValues<typeof FLEET_TABLE>): OverlapOptions => ({
  refs: options.refs ?? [],
  base: options.base ?? null,
  land: options.land,
  renameLimit: options.renameLimit,
  mergeLimit: options.mergeLimit,
  rules: options.as,
  worktrees: options.worktrees,
  failOn: options.failOn ?? null,
});

/** What `order` is asked. */
export const orderRequest = (options: OptionValues<typeof ORDER_TABLE>): OrderOptions => ({
  ...fleetRequest(options),
  after: (options.after ?? []).map(ruleOf),
  test: options.test,
});

/** @throws Failure `usage` for anything but two names. */
function ruleOf(text: string): Precedence {
  const rule = parsePrecedence(text);
  if (rule !== null) return rule;
  throw new Failure('usage', `--after ${text}: two names are needed, such as a3:a1`);
}
