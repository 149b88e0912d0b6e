import type { Command } from 'commander';
import { runRequestAccept } from '../../commands/request/accept.ts';
import { runRequestDecline } from '../../commands/request/decline.ts';
import { runRequestList } from '../../commands/request/list.ts';
import { runRequestOpen } from '../../commands/request/open.ts';
import { runRequestReopen } from '../../commands/request/reopen.ts';
import { runRequestShow } from '../../commands/request/show.ts';
import { runRequestWithdraw } from '../../commands/request/withdraw.ts';
import {
  REQUEST_ACCEPT_OPTIONS,
  REQUEST_DECLINE_OPTIONS,
  REQUEST_LIST_OPTIONS,
  REQUEST_OPEN_OPTIONS,
  REQUEST_REOPEN_OPTIONS,
  REQUEST_SHOW_OPTIONS,
  REQUEST_WITHDRAW_OPTIONS,
} from '../../domain/options/request-options.ts';
import { renderRequest } from '../../render/terminal/request.ts';
import { type CommandGroup, defineCommand } from '../definition.ts';

const OPEN = `
Without paths: what is staged and outside of one's part. It leaves the index, the work tree keeps it, and
the rest commits at once. Paths are taken as they are in the work tree; where nothing is changed yet,
leave to change them is asked for. What has different owners becomes a request for each.

Examples:
  bailiwick request open -m "a column for scores"
  bailiwick request open db/versions/ -m "a column for scores" --priority 1
  bailiwick request open src/api/load.ts -m "leave to add a parameter"`;

const LIST = `
Examples:
  bailiwick request list --to-me
  bailiwick request list --queue migrations
  bailiwick request list --all --json`;

const SHOW = `
Example:
  bailiwick request show q1a2b3c --patch`;

const ACCEPT = `
--apply merges the patch into the branch that is checked out, as a commit of whoever asked. A conflict
changes nothing. The same content is then allowed wherever it appears, also on the asker's branch.
--grant lets the asker change the paths itself, on its branch, until the time is over.

Examples:
  bailiwick request accept q1a2b3c --apply
  bailiwick request accept q1a2b3c --grant 4h
  bailiwick request accept q1a2b3c --commit HEAD   settled by hand, and committed`;

const DECLINE = `
Takes back leave that was given, too.

Example:
  bailiwick request decline q1a2b3c -m "use the view instead"`;

const WITHDRAW = `
Example:
  bailiwick request withdraw q1a2b3c`;

const REOPEN = `
Example:
  bailiwick request reopen q1a2b3c -m "the view is too slow, see the numbers in the issue"`;

const named = (command: Command, help: string): Command =>
  command.argument('<id>', 'a request, such as q1a2b3c').addHelpText('after', help);

const open = defineCommand({
  options: REQUEST_OPEN_OPTIONS,
  configure: (command) =>
    command.argument('[path...]', 'files or directories').addHelpText('after', OPEN),
  run: (host, paths, options) => runRequestOpen(host, { paths, ...options }),
  terminal: renderRequest,
});

const list = defineCommand({
  options: REQUEST_LIST_OPTIONS,
  configure: (command) => command.addHelpText('after', LIST),
  run: (host, _args, options) => runRequestList(host, options),
  terminal: renderRequest,
});

const show = defineCommand({
  options: REQUEST_SHOW_OPTIONS,
  configure: (command) => named(command, SHOW),
  run: (host, [id = ''], options) => runRequestShow(host, { id, ...options }),
  terminal: renderRequest,
});

const accept = defineCommand({
  options: REQUEST_ACCEPT_OPTIONS,
  configure: (command) => named(command, ACCEPT),
  run: (host, [id = ''], options) => runRequestAccept(host, { id, ...options }),
  terminal: renderRequest,
});

const decline = defineCommand({
  options: REQUEST_DECLINE_OPTIONS,
  configure: (command) => named(command, DECLINE),
  run: (host, [id = ''], options) => runRequestDecline(host, { id, ...options }),
  terminal: renderRequest,
});

const withdraw = defineCommand({
  options: REQUEST_WITHDRAW_OPTIONS,
  configure: (command) => named(command, WITHDRAW),
  run: (host, [id = ''], options) => runRequestWithdraw(host, { id, ...options }),
  terminal: renderRequest,
});

const reopen = defineCommand({
  options: REQUEST_REOPEN_OPTIONS,
  configure: (command) => named(command, REOPEN),
  run: (host, [id = ''], options) => runRequestReopen(host, { id, ...options }),
  terminal: renderRequest,
});

const group: CommandGroup = {
  commands: [
    { name: 'open', summary: 'ask the owners of files to take a change', definition: open },
    { name: 'list', summary: 'what waits, for whom, and since when', definition: list },
    { name: 'show', summary: 'one request, with its patch', definition: show },
    {
      name: 'accept',
      summary: 'commit the patch here, or give leave for a while',
      definition: accept,
    },
    { name: 'decline', summary: 'say no, or take leave back', definition: decline },
    { name: 'withdraw', summary: 'take back what was asked for', definition: withdraw },
    { name: 'reopen', summary: 'ask again', definition: reopen },
  ],
};

export default group;
