import { runOverlap } from '../../commands/overlap.ts';
import { fleetRequest } from '../../domain/options/fleet-request.ts';
import { FLEET_TABLE } from '../../domain/options/fleet-table.ts';
import { renderOverlapMarkdown } from '../../render/markdown/overlap.ts';
import { renderOverlap } from '../../render/terminal/overlap.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Examples:
  bailiwick overlap                        the branches of the policy's agents
  bailiwick overlap --base main --refs 'refs/heads/**'
                                           any branches; needs no ownership.yml
  bailiwick overlap --worktrees            uncommitted work in all worktrees, too
  bailiwick overlap --fail-on conflict     exit 1 when two branches conflict`;

export default defineCommand({
  slow: true,
  options: FLEET_TABLE,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, options) => runOverlap(host, fleetRequest(options)),
  terminal: renderOverlap,
  markdown: (report) => renderOverlapMarkdown(report),
});
