import { runCodeowners } from '../../commands/codeowners.ts';
import { CODEOWNERS_OPTIONS } from '../../domain/options/codeowners-options.ts';
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
  options: CODEOWNERS_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, { owner, ...options }) => runCodeowners(host, { owners: owner, ...options }),
  terminal: renderCodeowners,
});
