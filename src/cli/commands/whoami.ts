import { runWhoami } from '../../commands/whoami.ts';
import { Failure } from '../../domain/failure.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import { WHOAMI_OPTIONS } from '../../domain/options/whoami-options.ts';
import { renderWhoami } from '../../render/terminal/whoami.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
An agent is known by --agent, by the worktree's binding, by the branch, or by BAILIWICK_AGENT or
AGENT_ID; all that are there must say the same.

Examples:
  bailiwick whoami
  bailiwick whoami --bind a1     this worktree is a1's from now on, whatever its branch
  bailiwick whoami --unbind`;

export default defineCommand({
  options: WHOAMI_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, options) =>
    runWhoami(host, {
      agent: options.agent,
      bind: bindingOf(options),
      dryRun: options.dryRun,
    }),
  terminal: renderWhoami,
});

function bindingOf({
  bind,
  unbind,
}: OptionValues<typeof WHOAMI_OPTIONS>): string | null | undefined {
  if (!unbind) return bind;
  if (bind === undefined) return null;
  throw new Failure('usage', 'use --bind or --unbind, not both');
}
