import { runTaskAssign } from '../../commands/task/assign.ts';
import { runTaskComplete } from '../../commands/task/complete.ts';
import { runTaskDrop } from '../../commands/task/drop.ts';
import { runTaskImport } from '../../commands/task/import.ts';
import { runTaskList } from '../../commands/task/list.ts';
import { runTaskReset } from '../../commands/task/reset.ts';
import { runTaskShow } from '../../commands/task/show.ts';
import { runTaskStart } from '../../commands/task/start.ts';
import {
  TASK_ASSIGN_OPTIONS,
  TASK_COMPLETE_OPTIONS,
  TASK_DROP_OPTIONS,
  TASK_IMPORT_OPTIONS,
  TASK_LIST_OPTIONS,
  TASK_RESET_OPTIONS,
  TASK_SHOW_OPTIONS,
  TASK_START_OPTIONS,
} from '../../domain/options/task-options.ts';
import { renderTasks } from '../../render/terminal/task/tasks.ts';
import { type CommandGroup, defineCommand } from '../definition.ts';

const ASSIGN = `
An id is given once: of two who assign it at the same time, one wins. A task gives no right to change
anything.

Examples:
  bailiwick task assign a1 16 "the status command" --hours 2 --paths 'src/cli/**'
  bailiwick task assign a2 17 "its page" --after 16`;
const START = `
Example:
  bailiwick task start 16`;
const COMPLETE = `
Writes down what the branch changes against the base. Done is not landed: say it again once it has landed.

Examples:
  bailiwick task complete 16
  bailiwick task complete 16 --hours 3`;
const LIST = `
Examples:
  bailiwick task list
  bailiwick task list --agent a1 --all`;
const SHOW = `
Example:
  bailiwick task show 16`;
const DROP = `
Example:
  bailiwick task drop 16 -m "not wanted any more"`;
const RESET = `
Nothing is deleted, and each may be assigned again.

Example:
  bailiwick task reset --of a1 --dry-run`;
const IMPORT = `
Reads standard input: what gh issue list --json number,title,labels prints, where a label names the agent
(a1 or agent:a1), or CSV with the columns id, title, and if wanted agent, hours, paths, after. What is
there already stays as it is.

Examples:
  gh issue list --json number,title,labels | bailiwick task import --agent a1
  bailiwick task import <tasks.csv`;

const assign = defineCommand({
  options: TASK_ASSIGN_OPTIONS,
  configure: (command) =>
    command
      .argument('<agent>', 'whose it is')
      .argument('<id>', 'its id, such as 16 or api-auth')
      .argument('<title>', 'what is to be done, in one line')
      .addHelpText('after', ASSIGN),
  run: (host, [agent = '', id = '', title = ''], options) =>
    runTaskAssign(host, { agent, id, title, ...options }),
  terminal: renderTasks,
});

const start = defineCommand({
  options: TASK_START_OPTIONS,
  configure: (command) => command.argument('<id>', 'a task').addHelpText('after', START),
  run: (host, [id = ''], options) => runTaskStart(host, { id, ...options }),
  terminal: renderTasks,
});

const complete = defineCommand({
  options: TASK_COMPLETE_OPTIONS,
  configure: (command) => command.argument('<id>', 'a task').addHelpText('after', COMPLETE),
  run: (host, [id = ''], options) => runTaskComplete(host, { id, ...options }),
  terminal: renderTasks,
});

const list = defineCommand({
  options: TASK_LIST_OPTIONS,
  configure: (command) => command.addHelpText('after', LIST),
  run: (host, _args, options) => runTaskList(host, options),
  terminal: renderTasks,
});

const show = defineCommand({
  options: TASK_SHOW_OPTIONS,
  configure: (command) => command.argument('<id>', 'a task').addHelpText('after', SHOW),
  run: (host, [id = ''], options) => runTaskShow(host, { id, ...options }),
  terminal: renderTasks,
});

const drop = defineCommand({
  options: TASK_DROP_OPTIONS,
  configure: (command) => command.argument('<id>', 'a task').addHelpText('after', DROP),
  run: (host, [id = ''], options) => runTaskDrop(host, { id, ...options }),
  terminal: renderTasks,
});

const reset = defineCommand({
  options: TASK_RESET_OPTIONS,
  configure: (command) => command.addHelpText('after', RESET),
  run: (host, _args, options) => runTaskReset(host, options),
  terminal: renderTasks,
});

const imports = defineCommand({
  options: TASK_IMPORT_OPTIONS,
  configure: (command) => command.addHelpText('after', IMPORT),
  run: (host, _args, options) => runTaskImport(host, options),
  terminal: renderTasks,
});

const group: CommandGroup = {
  commands: [
    { name: 'assign', summary: 'give an agent a task', definition: assign },
    { name: 'start', summary: 'begin with it', definition: start },
    {
      name: 'complete',
      summary: 'it is done, with the files the branch changes',
      definition: complete,
    },
    { name: 'list', summary: 'who works on what, and the hours of each agent', definition: list },
    { name: 'show', summary: 'one task', definition: show },
    { name: 'drop', summary: 'nobody is to do it any more', definition: drop },
    { name: 'reset', summary: 'drop every task that is not done', definition: reset },
    { name: 'import', summary: 'assign the tasks of a list', definition: imports },
  ],
};

export default group;
