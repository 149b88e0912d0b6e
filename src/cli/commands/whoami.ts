import { runWhoami } from '../../commands/whoami.ts';
import { Failure } from '../../domain/failure.ts';
import { renderWhoami } from '../../render/terminal/whoami.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
An agent is known by --agent, by the worktree's binding, by the branch, or by BAILIWICK_AGENT or
AGENT_ID; all that are there must say the same.

Examples:
  bailiwick whoami
  bailiwick whoami --bind a1     this worktree is a1's from now on, whatever its branch
  bailiwick whoami --unbind`;

export default defineCommand({
  configure: (command) =>
    command
      .option('--agent <id>', 'answer as if this agent were acting')
      .option('--bind <agent>', 'bind this worktree to an agent')
      .option('--unbind', "remove this worktree's binding")
      .option('--dry-run', 'say what binding would do, and do nothing')
      .addHelpText('after', EXAMPLES),
  run: (host, _args, options) =>
    runWhoami(host, {
      agent: options['agent'] as string | undefined,
      bind: bindingOf(options),
      dryRun: options['dryRun'] === true,
    }),
  terminal: renderWhoami,
});

function bindingOf(options: Record<string, unknown>): string | null | undefined {
  const bind = options['bind'] as string | undefined;
  if (options['unbind'] !== true) return bind;
  if (bind === undefined) return null;
  throw new Failure('usage', '--bind and --unbind cannot both be meant');
}
