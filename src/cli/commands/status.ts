import { runStatus, type StatusOptions } from '../../commands/status.ts';
import { STATUS_OPTIONS } from '../../domain/options/status-options.ts';
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
  bailiwick status --phases        with whose turn it is, and who can work beside whom
  bailiwick status --no-overlap    do not look for conflicts between branches
  bailiwick status --json`;

export default defineCommand({
  options: STATUS_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, { watch, overlap, phases }, format) => {
    const asked: StatusOptions = { overlap, phases };
    return watch ? watchStatus(host, asked, format === 'terminal') : runStatus(host, asked);
  },
  terminal: renderStatus,
});
