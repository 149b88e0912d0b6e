import { runTest } from '../../commands/test.ts';
import { TEST_OPTIONS } from '../../domain/options/handoff-options.ts';
import { renderTest } from '../../render/terminal/task/test.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Runs the commands of validate, as the base has them, in the worktrees, side by side and never more than the
machine has room for: see needs in ownership.yml. What is red while anything else ran is run again
alone. Nothing is recorded; to hand off, use bailiwick handoff.

Examples:
  bailiwick test           what is checked out here
  bailiwick test a1 a3
  bailiwick test --all --json`;

export default defineCommand({
  options: TEST_OPTIONS,
  configure: (command) =>
    command
      .argument('[agent...]', 'whose worktrees; by default of the agent that acts here')
      .addHelpText('after', EXAMPLES),
  run: (host, agents, options) => runTest(host, { agents, ...options }),
  terminal: renderTest,
  slow: true,
});
