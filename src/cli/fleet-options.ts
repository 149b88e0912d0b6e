import type { OverlapOptions } from '../domain/options/fleet-options.ts';
import type { FLEET_TABLE } from '../domain/options/fleet-table.ts';
import type { OptionValues } from '../domain/options/option-table.ts';

/** What a command that looks at a fleet is asked. */
export const fleetOptions = (options: OptionValues<typeof FLEET_TABLE>): OverlapOptions => ({
  refs: options.refs ?? [],
  base: options.base ?? null,
  land: options.land,
  renameLimit: options.renameLimit,
  rules: options.as,
  worktrees: options.worktrees,
  failOn: options.failOn ?? null,
});
