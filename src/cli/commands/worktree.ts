import type { Command } from 'commander';
import { runWorktreeAdd } from '../../commands/worktree-add.ts';
import { runWorktreeList } from '../../commands/worktree-list.ts';
import { runWorktreePrune } from '../../commands/worktree-prune.ts';
import { runWorktreeRemove } from '../../commands/worktree-remove.ts';
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

const dryRun = (command: Command): Command =>
  command.option('--dry-run', 'say what would be done, change nothing');

const discards = (command: Command): Command =>
  command
    .option('--discard-uncommitted', 'lose what no commit holds')
    .option('--discard-unpushed', 'lose commits that are nowhere else')
    .option('--discard-submodules', "lose the repositories of the worktree's submodules")
    .option('--ignore-lock', 'also what git worktree lock protects');

const add = defineCommand({
  slow: true,
  configure: (command) =>
    dryRun(
      command
        .argument('[agent...]', 'agents of ownership.yml')
        .option('--all', 'every agent')
        .option('--branch <name>', 'this branch, for one agent')
        .option('--topic <topic>', 'what it is for, in the names of branch and directory')
        .option('--base <ref>', 'where a new branch begins; else the base branch')
        .option('--no-setup', 'run no setup commands')
        .option('--yes', 'approve the setup commands'),
    ).addHelpText('after', ADD),
  run: (host, agents, options) =>
    runWorktreeAdd(host, {
      agents,
      all: options['all'] === true,
      branch: options['branch'] as string | undefined,
      topic: options['topic'] as string | undefined,
      base: options['base'] as string | undefined,
      setup: options['setup'] === true,
      yes: options['yes'] === true,
      dryRun: options['dryRun'] === true,
    }),
  terminal: renderWorktree,
});

const list = defineCommand({
  configure: (command) => command.addHelpText('after', LIST),
  run: (host) => runWorktreeList(host),
  terminal: renderWorktree,
});

const remove = defineCommand({
  slow: true,
  configure: (command) =>
    dryRun(
      discards(
        command
          .argument('[worktree...]', 'agents, branches or paths')
          .option('--all', 'those of every agent')
          .option('--keep-branch', 'leave the branch, with its commits'),
      )
        .option('--discard-ignored', 'lose ignored files that cannot be made again')
        .option('--ignore-processes', 'also while a process is at work in it'),
    ).addHelpText('after', REMOVE),
  run: (host, names, options) =>
    runWorktreeRemove(host, {
      names,
      all: options['all'] === true,
      keepBranch: options['keepBranch'] === true,
      discardIgnored: options['discardIgnored'] === true,
      ignoreProcesses: options['ignoreProcesses'] === true,
      ...flagsOf(options),
    }),
  terminal: renderWorktree,
});

const prune = defineCommand({
  configure: (command) => dryRun(discards(command)).addHelpText('after', PRUNE),
  run: (host, _args, options) => runWorktreePrune(host, flagsOf(options)),
  terminal: renderWorktree,
});

const flagsOf = (options: Record<string, unknown>) => ({
  discardUncommitted: options['discardUncommitted'] === true,
  discardUnpushed: options['discardUnpushed'] === true,
  discardSubmodules: options['discardSubmodules'] === true,
  ignoreLock: options['ignoreLock'] === true,
  dryRun: options['dryRun'] === true,
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
