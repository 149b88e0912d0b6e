import { runLint } from '../../commands/lint.ts';
import { LINT_OPTIONS } from '../../domain/options/lint-options.ts';
import { renderSarifProblems } from '../../render/sarif-problems.ts';
import { renderLint } from '../../render/terminal/lint.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Reports every problem at once: mistakes in the YAML, globs that mean something else than they seem
to, agents whose parts overlap, rules without effect, cases of \`tests\` that do not hold.

Examples:
  bailiwick lint                           ownership.yml as it stands in the work tree
  bailiwick lint draft.yml
  bailiwick lint --history 500             how the last 500 commits would have fared
  git show main:ownership.yml | bailiwick lint -
  bailiwick lint --format sarif            for code scanning

Exit codes: 0 sound, warnings included; 1 cases of \`tests\` fail; 2 the policy cannot be used.`;

export default defineCommand({
  options: LINT_OPTIONS,
  configure: (command) =>
    command
      .argument('[file]', 'the policy to read, - for standard input (default: ownership.yml)')
      .addHelpText('after', EXAMPLES),
  run: (host, [file], { policy, history }) =>
    runLint(host, { file: file ?? policy, history: history || undefined }),
  terminal: renderLint,
  sarif: renderSarifProblems,
});
