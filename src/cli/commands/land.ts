import { runLand } from '../../commands/land.ts';
import { runLandAbort } from '../../commands/land/abort.ts';
import { runLandContinue } from '../../commands/land/continue.ts';
import { runLandSkip } from '../../commands/land/skip.ts';
import { runLandStatus } from '../../commands/land/status.ts';
import { LAND_CONTINUE_OPTIONS, LAND_OPTIONS } from '../../domain/options/land-options.ts';
import { renderLand } from '../../render/terminal/land.ts';
import { type CommandGroup, defineCommand } from '../definition.ts';

const LAND = `
Each branch becomes the commit that lands before it is validated: \`land.validate\` of ownership.yml, and
the \`validate\` of the agents whose branches land. Nobody's worktree is used for that. The base itself is
validated first. What fails leaves, with what is stacked on it, and the others go on.

Examples:
  bailiwick land --all --plan              what would land, in which order
  bailiwick land --all --push              onto the base of origin
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

const group: CommandGroup = {
  main: land,
  commands: [
    { name: 'status', summary: 'how far a landing is, or how it ended', definition: status },
    { name: 'continue', summary: 'go on with a landing that was cut short', definition: goOn },
    { name: 'skip', summary: 'leave a branch out of it, and go on', definition: skip },
    { name: 'abort', summary: 'end it; what has landed stays', definition: abort },
  ],
};

export default group;
