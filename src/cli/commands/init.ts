import { runInit } from '../../commands/init.ts';
import { INIT_OPTIONS } from '../../domain/options/init-options.ts';
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
  bailiwick init --harness claude,codex
                               coding agents are told before an edit; see docs/harnesses.md
  bailiwick init --strict      refuse also what --no-verify, cherry-pick and the like commit
  bailiwick init --prepare     and have each npm install of a clone set up the hooks
  bailiwick init --uninstall   take the guard out again, exactly`;

export default defineCommand({
  slow: true,
  options: INIT_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, options) => runInit(host, options),
  terminal: renderInit,
});
