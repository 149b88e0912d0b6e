import { runStatus, type StatusOptions } from '../../commands/status.ts';
import { renderStatus } from '../../render/terminal/status.ts';
import { defineCommand } from '../definition.ts';
import { watchStatus } from '../watch-status.ts';

const EXAMPLES = `
One row for each worktree and each open branch of an agent; \`*\` is where this was run. What is
uncommitted is judged as the hooks would judge it. Refuses nothing: ends with 0, or with 2 when
something could not be decided.

Examples:
  bailiwick                        the same, where there is an ownership.yml
  bailiwick status --watch         stay, and show what changes
  bailiwick status --no-overlap    do not look for conflicts between branches
  bailiwick status --json`;

export default defineCommand({
  configure: (command) =>
    command
      .option('--watch', 'stay, and draw it again when something changes; needs a terminal')
      .option('--no-overlap', 'do not look for conflicts between branches')
      .addHelpText('after', EXAMPLES),
  run: (host, _args, options) => {
    const asked: StatusOptions = { overlap: options['overlap'] === true };
    if (options['watch'] !== true) return runStatus(host, asked);
    const format = options['json'] === true ? 'json' : options['format'];
    return watchStatus(host, asked, format === undefined || format === 'terminal');
  },
  terminal: renderStatus,
});
