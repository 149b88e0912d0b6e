import { runCodeowners } from '../../commands/codeowners.ts';
import { renderCodeowners } from '../../render/terminal/codeowners.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Writes a block between marks and leaves the rest of the file alone. Whom GitHub can ask for an agent is
taken from its \`actors\` (not from bots), or from its title when that is an account.

Examples:
  bailiwick codeowners                     write it from the policy in force
  bailiwick codeowners --dry-run           show the lines
  bailiwick codeowners --check             for CI: does the file say what the policy says?
  bailiwick codeowners --owner a1=@ann --owner a2=@org/web
  bailiwick codeowners --people @org/maintainers
                                           asked about what no agent may change

Exit codes: 0 done, or the file is right; 1 \`--check\` found a difference; 2 no policy, or no account.`;

export default defineCommand({
  configure: (command) =>
    command
      .option(
        '--owner <agent=account...>',
        'whom to ask for an agent: @user, @org/team, an address',
      )
      .option('--people <account...>', 'whom to ask about what no agent may change')
      .option('--check', 'only say whether the file says what the policy says')
      .option('--dry-run', 'show the lines, and write nothing')
      .option('--policy <file>', 'write it from a draft instead of the policy in force')
      .addHelpText('after', EXAMPLES),
  run: (host, _args, options) =>
    runCodeowners(host, {
      owners: options['owner'] as string[] | undefined,
      people: options['people'] as string[] | undefined,
      check: options['check'] === true,
      dryRun: options['dryRun'] === true,
      policy: options['policy'] as string | undefined,
    }),
  terminal: renderCodeowners,
});
