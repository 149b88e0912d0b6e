import { runLand } from '../../commands/land.ts';
import { runLandAbort } from '../../commands/land/abort.ts';
import { runLandContinue } from '../../commands/land/continue.ts';
import { runLandShow } from '../../commands/land/show.ts';
import { runLandSkip } from '../../commands/land/skip.ts';
import { runLandStatus } from '../../commands/land/status.ts';
import { runLandUndo } from '../../commands/land/undo.ts';
import {
  LAND_CONTINUE_OPTIONS,
  LAND_OPTIONS,
  LAND_SHOW_OPTIONS,
} from '../../domain/options/land-options.ts';
import { renderLand } from '../../render/terminal/land.ts';
import { type CommandGroup, defineCommand } from '../definition.ts';

const LAND = `
Each branch becomes the commit that lands before it is validated: \`land.validate\` of ownership.yml, and
the \`validate\` of the agents whose branches land. Nobody's worktree is used for that. The base itself is
validated first. What fails leaves, with what is stacked on it, and the others go on.

Examples:
  bailiwick land --all --plan              what would land, in which order
  bailiwick land --all --push              onto the base of origin
  bailiwick land --all --pr                by a pull request, where nobody may push to it
  bailiwick land --all --local             onto the base of this clone alone
  bailiwick land feat/a1/x --land squash --push`;

const STATUS = `
Example:
  bailiwick land status`;

const CONTINUE = `
Example:
  bailiwick land continue`;

const SKIP = `
Example:
  bailiwick land skip feat/a1/x`;

const ABORT = `
What has landed stays; the other branches, the base and every worktree are as they were.

Example:
  bailiwick land abort`;

const UNDO = `
A landing that only this clone has, with --local, is taken back whole: the base is moved back, and its branches
can be mended and landed again. Where a branch, a tag, a worktree or a remote has it, or the base has gone
on, each branch is reverted instead, newest first, and the reverts are validated and land as any others do,
where the landing was: on origin or in this clone alone. What conflicts, or does not pass, moves nothing.
An undo has a receipt of its own; one by reverts can be undone.

Examples:
  bailiwick land undo
  bailiwick land undo r0a1b2c3d4e5f`;

const SHOW = `
Examples:
  bailiwick land show
  bailiwick land show --all`;

const land = defineCommand({
  slow: true,
  options: LAND_OPTIONS,
  configure: (command) =>
    command.argument('[branch...]', 'branches to land').addHelpText('after', LAND),
  run: (host, branches, options) => runLand(host, { branches, ...options }),
  terminal: renderLand,
});

const status = defineCommand({
  options: {},
  configure: (command) => command.addHelpText('after', STATUS),
  run: (host) => runLandStatus(host),
  terminal: renderLand,
});

const goOn = defineCommand({
  slow: true,
  options: LAND_CONTINUE_OPTIONS,
  configure: (command) => command.addHelpText('after', CONTINUE),
  run: (host, _args, options) => runLandContinue(host, options),
  terminal: renderLand,
});

const skip = defineCommand({
  slow: true,
  options: LAND_CONTINUE_OPTIONS,
  configure: (command) =>
    command.argument('<branch>', 'a branch that waits to land').addHelpText('after', SKIP),
  run: (host, [branch = ''], options) => runLandSkip(host, { branch, ...options }),
  terminal: renderLand,
});

const abort = defineCommand({
  options: {},
  configure: (command) => command.addHelpText('after', ABORT),
  run: (host) => runLandAbort(host),
  terminal: renderLand,
});

const undo = defineCommand({
  slow: true,
  options: LAND_CONTINUE_OPTIONS,
  configure: (command) =>
    command.argument('[receipt]', 'its receipt (default: the newest)').addHelpText('after', UNDO),
  run: (host, [receipt = ''], options) => runLandUndo(host, { receipt, ...options }),
  terminal: renderLand,
});

const show = defineCommand({
  options: LAND_SHOW_OPTIONS,
  configure: (command) =>
    command.argument('[receipt]', 'its receipt (default: the newest)').addHelpText('after', SHOW),
  run: (host, [receipt = ''], options) => runLandShow(host, { receipt, ...options }),
  terminal: renderLand,
});

const group: CommandGroup = {
  main: land,
  commands: [
    { name: 'status', summary: 'how far a landing is, or how it ended', definition: status },
    { name: 'continue', summary: 'go on with a landing that was cut short', definition: goOn },
    { name: 'skip', summary: 'leave a branch out of it, and go on', definition: skip },
    { name: 'abort', summary: 'end it; what has landed stays', definition: abort },
    { name: 'undo', summary: 'take a landing back by one of reverts', definition: undo },
    { name: 'show', summary: 'what has landed, and what it had passed', definition: show },
  ],
};

export default group;
