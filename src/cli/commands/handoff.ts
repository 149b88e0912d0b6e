import { runHandoffList } from '../../commands/handoff/list.ts';
import { runHandoffLog } from '../../commands/handoff/log.ts';
import { runHandoffRollback } from '../../commands/handoff/rollback.ts';
import { runHandoffRun } from '../../commands/handoff/run.ts';
import { runHandoffShow } from '../../commands/handoff/show.ts';
import {
  HANDOFF_LIST_OPTIONS,
  HANDOFF_ROLLBACK_OPTIONS,
  HANDOFF_RUN_OPTIONS,
} from '../../domain/options/handoff-options.ts';
import { renderHandoffRun, renderHandoffs } from '../../render/terminal/task/handoff.ts';
import { renderHandoffLog, renderRollback } from '../../render/terminal/task/handoff-log.ts';
import { type CommandGroup, defineCommand } from '../definition.ts';

const RUN = `
Runs the commands of the agent's validate, as the base has them, in this worktree, which must be clean
and stay so. Their text and their variables are approved once on each machine. A pass opens the phases
of those that come after; a failure leaves an earlier pass as it is.

Examples:
  bailiwick handoff run
  bailiwick handoff run --yes --json`;

const LIST = `
Example:
  bailiwick handoff list`;

const SHOW = `
Example:
  bailiwick handoff show a1`;

const LOG = `
Examples:
  bailiwick handoff log a1      the output of every command
  bailiwick handoff log a1 2    of the second alone`;

const ROLLBACK = `
Takes back that agent's branch alone. The tip it had stays in the history of the handoff. Refused where
something is not committed, has landed, or others build on it.

Examples:
  bailiwick handoff rollback a1 --dry-run
  bailiwick handoff rollback a1 --push`;

const run = defineCommand({
  options: HANDOFF_RUN_OPTIONS,
  configure: (command) => command.addHelpText('after', RUN),
  run: (host, _args, options) => runHandoffRun(host, options),
  terminal: renderHandoffRun,
  slow: true,
});

const list = defineCommand({
  options: HANDOFF_LIST_OPTIONS,
  configure: (command) => command.addHelpText('after', LIST),
  run: (host) => runHandoffList(host),
  terminal: renderHandoffs,
});

const show = defineCommand({
  options: HANDOFF_LIST_OPTIONS,
  configure: (command) => command.argument('<agent>', 'whose').addHelpText('after', SHOW),
  run: (host, [name = '']) => runHandoffShow(host, { name }),
  terminal: renderHandoffs,
});

const log = defineCommand({
  options: HANDOFF_LIST_OPTIONS,
  configure: (command) =>
    command
      .argument('<agent>', 'whose')
      .argument('[command]', 'which command, from 1')
      .addHelpText('after', LOG),
  run: (host, [name = '', position]) => runHandoffLog(host, { name, position }),
  terminal: renderHandoffLog,
});

const rollback = defineCommand({
  options: HANDOFF_ROLLBACK_OPTIONS,
  configure: (command) => command.argument('<agent>', 'whose').addHelpText('after', ROLLBACK),
  run: (host, [name = ''], options) => runHandoffRollback(host, { name, ...options }),
  terminal: renderRollback,
});

const group: CommandGroup = {
  main: run,
  commands: [
    {
      name: 'run',
      summary: "run the agent's validate here, and record what came of it",
      definition: run,
    },
    {
      name: 'list',
      summary: 'what agents have handed off, and whose turn it is',
      definition: list,
    },
    { name: 'show', summary: 'what one agent has handed off', definition: show },
    { name: 'log', summary: 'the output of the commands of the last handoff', definition: log },
    {
      name: 'rollback',
      summary: "take an agent's branch back to what passed last",
      definition: rollback,
    },
  ],
};

export default group;
