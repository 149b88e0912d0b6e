import { InvalidArgumentError, Option } from 'commander';
import { runLint } from '../../commands/lint.ts';
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

/** @throws InvalidArgumentError for what commander then says is wrong with it. */
function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number of commits.');
}

export default defineCommand({
  configure: (command) =>
    command
      .argument('[file]', 'the policy to read, - for standard input (default: ownership.yml)')
      .option('--policy <file>', 'the same, as owner and check have it')
      .addOption(
        new Option('--history <commits>', 'also judge so many past commits').argParser(countOf),
      )
      .addHelpText('after', EXAMPLES),
  run: (host, [file], options) =>
    runLint(host, {
      file: file ?? (options['policy'] as string | undefined),
      history: options['history'] as number | undefined,
    }),
  terminal: renderLint,
  sarif: renderSarifProblems,
});
