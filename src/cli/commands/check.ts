import { runCheck } from '../../commands/check.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { CHECK_OPTIONS } from '../../domain/options/check-options.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { CheckTarget } from '../../domain/reports/check.ts';
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
      target: targetOf(options),
      agent: options.agent,
      policy: options.policy,
    }),
  terminal: (report, view) => renderCheck(report, view),
  markdown: renderCheckMarkdown,
  sarif: renderSarif,
});

/** @throws Failure `usage` when more than one form is asked for. */
function targetOf(options: OptionValues<typeof CHECK_OPTIONS>): CheckTarget {
  const { branch, range, paths } = options;
  const asked = (['staged', 'branch', 'range', 'paths'] as const).filter(
    (name) => options[name] !== undefined && options[name] !== false,
  );
  if (asked.length > 1)
    throw new Failure('usage', `--${asked.join(' and --')} cannot be judged at once`, [
      hintTo('judge both', 'bailiwick check once for each'),
    ]);
  if (branch !== undefined) return { kind: 'branch', ref: branch };
  if (range !== undefined) return { kind: 'range', range };
  if (paths !== undefined) return { kind: 'paths', paths };
  return { kind: 'staged' };
}
