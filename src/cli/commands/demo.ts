import { runDemo } from '../../commands/demo.ts';
import { renderDemo } from '../../render/terminal/demo.ts';
import { defineCommand } from '../definition.ts';

export default defineCommand({
  slow: true,
  options: {},
  configure: (command) =>
    command.addHelpText(
      'after',
      `
Makes a scratch repository with four agents in linked worktrees, installs the hooks, and commits:
what is blocked is blocked by git. The repository stays in the temporary directory.

Example:
  bailiwick demo`,
    ),
  run: (host) => runDemo(host),
  terminal: renderDemo,
});
