import { runCheck } from '../../commands/check.ts';
import { CHECK_OPTIONS } from '../../domain/options/check-options.ts';
import { checkTarget } from '../../domain/options/check-target.ts';
import { renderCheckMarkdown } from '../../render/markdown/check.ts';
import { renderSarif } from '../../render/sarif.ts';
import { renderCheck } from '../../render/terminal/check.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Examples:
  bailiwick check                          what is staged, as the pre-commit hook judges it
  bailiwick check --branch feat/a1/parser  a branch against the base, as CI judges it
  bailiwick check --range main..HEAD       any two commits
  bailiwick check --paths src/a.ts         before changing it: would a1 be allowed to?
      --agent a1
  bailiwick check --format sarif           for code scanning`;

export default defineCommand({
  options: CHECK_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: (host, _args, options) =>
    runCheck(host, {
      target: checkTarget(options),
      agent: options.agent,
      asHuman: options.asHuman,
      base: options.base,
      policy: options.policy,
    }),
  terminal: (report, view) => renderCheck(report, view),
  markdown: renderCheckMarkdown,
  sarif: renderSarif,
});
