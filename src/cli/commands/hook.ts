import { HOOK_NAMES, runHook, SERVER_HOOK_NAMES } from '../../commands/hook.ts';
import { renderHook } from '../../render/terminal/hook.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Hooks: ${HOOK_NAMES.join(', ')}
Of a server: ${SERVER_HOOK_NAMES.join(', ')}

Installed hooks run by themselves; this is for hook managers that run commands, such as a
lefthook job or a pre-commit local hook.

Examples:
  bailiwick hook pre-commit
  bailiwick hook pre-push origin git@example.com:team/app.git   reads the refs from standard input`;

export default defineCommand({
  options: {},
  configure: (command) =>
    command
      .argument('<name>', 'the hook git runs')
      .argument('[arguments...]', "git's own arguments")
      .addHelpText('after', EXAMPLES),
  run: (host, [name = '', ...args]) => runHook(host, name, args),
  terminal: (report, view) => renderHook(report, report.command.slice('hook '.length), view),
});
