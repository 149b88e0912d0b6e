import { runSync } from '../../commands/sync.ts';
import { SYNC_OPTIONS } from '../../domain/options/sync-options.ts';
import { renderSync } from '../../render/terminal/sync.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Locks are refs below refs/bailiwick/. Their commands share them with the remote by themselves; this
catches up, for everything below refs/bailiwick/, after work without a connection.

Examples:
  bailiwick sync
  bailiwick sync --dry-run   what would be pushed and fetched`;

export default defineCommand({
  slow: true,
  options: SYNC_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, options) => runSync(host, options),
  terminal: renderSync,
});
