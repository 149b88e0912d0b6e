import { runWorktreeAdd } from '../../commands/worktree/add.ts';
import { runWorktreeList } from '../../commands/worktree/list.ts';
import { runWorktreePrune } from '../../commands/worktree/prune.ts';
import { runWorktreeRemove } from '../../commands/worktree/remove.ts';
import {
  WORKTREE_ADD_OPTIONS,
  WORKTREE_PRUNE_OPTIONS,
  WORKTREE_REMOVE_OPTIONS,
} from '../../domain/options/worktree-options.ts';
import { renderWorktree } from '../../render/terminal/worktree.ts';
import { type CommandGroup, defineCommand } from '../definition.ts';

const ADD = `
Made for each agent: its branch, the worktree, the binding, .agent.env (AGENT_ID, PORT, DB_SCHEMA and
the variables of ownership.yml), AGENT_FOCUS.md, and what worktrees.setup says, for all at once.
A second time completes what is missing. Where something fails, that agent's part is taken back.

Examples:
  bailiwick worktree add a1 a2
  bailiwick worktree add --all --yes         without a question, for scripts
  bailiwick worktree add a1 --topic parser   branch feat/a1/parser
  bailiwick worktree add a1 --branch feat/a1/x --base origin/next
  bailiwick worktree add --all --dry-run     what would be done`;

const LIST = `
Examples:
  bailiwick worktree list
  bailiwick worktree list --json`;

const REMOVE = `
Refused, and nothing removed, while there is anything in a worktree that is nowhere else, or anybody is
at work in it; what may be lost is named by an option.

Examples:
  bailiwick worktree remove a1
  bailiwick worktree remove a1 --keep-branch
  bailiwick worktree remove ../wt-a1-parser --discard-uncommitted
  bailiwick worktree remove --all --dry-run`;

const PRUNE = `
Forgets worktrees whose directory is gone, and gives back their ports; their branches stay.

Examples:
  bailiwick worktree prune --dry-run
  bailiwick worktree prune`;

const add = defineCommand({
  slow: true,
  options: WORKTREE_ADD_OPTIONS,
  configure: (command) =>
    command.argument('[agent...]', 'agents of ownership.yml').addHelpText('after', ADD),
  run: (host, agents, options) => runWorktreeAdd(host, { agents, ...options }),
  terminal: renderWorktree,
});

const list = defineCommand({
  options: {},
  configure: (command) => command.addHelpText('after', LIST),
  run: (host) => runWorktreeList(host),
  terminal: renderWorktree,
});

const remove = defineCommand({
  slow: true,
  options: WORKTREE_REMOVE_OPTIONS,
  configure: (command) =>
    command.argument('[worktree...]', 'agents, branches or paths').addHelpText('after', REMOVE),
  run: (host, names, options) => runWorktreeRemove(host, { names, ...options }),
  terminal: renderWorktree,
});

const prune = defineCommand({
  options: WORKTREE_PRUNE_OPTIONS,
  configure: (command) => command.addHelpText('after', PRUNE),
  run: (host, _args, options) => runWorktreePrune(host, options),
  terminal: renderWorktree,
});

const group: CommandGroup = {
  commands: [
    { name: 'add', summary: 'make or complete the worktrees of agents', definition: add },
    { name: 'list', summary: 'every worktree, and what is open in it', definition: list },
    { name: 'remove', summary: 'remove worktrees that hold nothing to lose', definition: remove },
    { name: 'prune', summary: 'forget worktrees whose directory is gone', definition: prune },
  ],
};

export default group;
