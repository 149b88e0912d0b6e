import { runOwner } from '../../commands/owner.ts';
import { OWNER_OPTIONS } from '../../domain/options/owner-options.ts';
import { renderOwner } from '../../render/terminal/owner.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Paths are read as from the directory the command is run in, and need not exist.

Examples:
  bailiwick owner src/parser.ts            which rule, whose, why, and what to do
  bailiwick owner src/a.ts docs/b.md --json
  bailiwick owner migrations/ --agent a2   would a2 be allowed to change it?`;

export default defineCommand({
  options: OWNER_OPTIONS,
  configure: (command) =>
    command.argument('<path...>', 'paths in the repository').addHelpText('after', EXAMPLES),
  run: (host, paths, options) => runOwner(host, { paths, ...options }),
  terminal: renderOwner,
});
