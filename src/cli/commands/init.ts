import { InvalidArgumentError, Option } from 'commander';
import { type InitOptions, runInit } from '../../commands/init.ts';
import { renderInit } from '../../render/terminal/init.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Works with husky, lefthook, pre-commit, prek, simple-git-hooks and plain hooks; replaces nothing.
Ends with code 2 as long as git does not run the guard.

Examples:
  bailiwick init --dry-run     what would be done
  bailiwick init               guard this repository and propose an ownership.yml
  bailiwick init --agents 3    for three agents: parts within which most commits lie
  bailiwick init --from history --dry-run
                               the proposal, and how the last 1,000 commits would have fared
  bailiwick init --no-policy   only the hooks
  bailiwick init --workflows octo/bailiwick/action@<full commit id>
                               the checks on GitHub too; see docs/action.md
  bailiwick init --uninstall   take the guard out again, to the byte`;

/** @throws InvalidArgumentError for what commander then says is wrong with it. */
function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 2 && count <= 24) return count;
  throw new InvalidArgumentError('It must be a number from 2 to 24.');
}

export default defineCommand({
  slow: true,
  configure: (command) =>
    command
      .option('--no-hooks', 'leave the hooks as they are')
      .option('--no-policy', 'propose no ownership.yml')
      .addOption(
        new Option(
          '--agents <number>',
          'how many agents to divide the tree among (default: 4)',
        ).argParser(countOf),
      )
      .addOption(
        new Option(
          '--from <source>',
          'what to propose it from; by default the best there is',
        ).choices(['codeowners', 'folders', 'history']),
      )
      .option('--workflows <action>', 'write the workflows of the gate and the board')
      .option('--uninstall', 'take out what init put in; ownership.yml stays')
      .option('--dry-run', 'say what would be done, and do nothing')
      .addHelpText('after', EXAMPLES),
  run: (host, _args, options) =>
    runInit(host, {
      hooks: options['hooks'] === true,
      policy: options['policy'] === true,
      agents: options['agents'] as number | undefined,
      from: options['from'] as InitOptions['from'],
      workflows: options['workflows'] as string | undefined,
      uninstall: options['uninstall'] === true,
      dryRun: options['dryRun'] === true,
    }),
  terminal: renderInit,
});
