import { runInit } from '../../commands/init.ts';
import { renderInit } from '../../render/terminal/init.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Works with husky, lefthook, pre-commit, prek, simple-git-hooks and plain hooks; replaces nothing.
Ends with code 2 as long as git does not run the guard.

Examples:
  bailiwick init --dry-run     what would be done
  bailiwick init               guard this repository and propose an ownership.yml
  bailiwick init --no-policy   only the hooks
  bailiwick init --workflows octo/bailiwick/action@<full commit id>
                               the checks on GitHub too; see docs/action.md
  bailiwick init --uninstall   take the guard out again, to the byte`;

export default defineCommand({
  configure: (command) =>
    command
      .option('--no-hooks', 'leave the hooks as they are')
      .option('--no-policy', 'propose no ownership.yml')
      .option('--workflows <action>', 'write the workflows of the gate and the board')
      .option('--uninstall', 'take out what init put in; ownership.yml stays')
      .option('--dry-run', 'say what would be done, and do nothing')
      .addHelpText('after', EXAMPLES),
  run: (host, _args, options) =>
    runInit(host, {
      hooks: options['hooks'] === true,
      policy: options['policy'] === true,
      workflows: options['workflows'] as string | undefined,
      uninstall: options['uninstall'] === true,
      dryRun: options['dryRun'] === true,
    }),
  terminal: renderInit,
});
