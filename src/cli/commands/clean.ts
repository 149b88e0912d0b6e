import { runClean } from '../../commands/clean.ts';
import { CLEAN_OPTIONS } from '../../domain/options/worktree-options.ts';
import { renderClean } from '../../render/terminal/worktree/clean.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Branches of agents that were merged, squashed or rebased onto the base, with their worktrees and the
remote's branches, and locks whose work has landed. A worktree in which anything would be lost, or in which
a process is at work, keeps its branch. Without --yes nothing is changed.

Examples:
  bailiwick clean              what would go
  bailiwick clean --yes        remove it
  bailiwick clean --offline    leave the remote alone`;

export default defineCommand({
  slow: true,
  options: CLEAN_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, options) => runClean(host, options),
  terminal: renderClean,
});
