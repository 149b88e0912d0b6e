import { runCheck } from '../../commands/check.ts';
import { Failure } from '../../domain/failure.ts';
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
  configure: (command) =>
    command
      .option('--staged', 'judge what is staged (the default)')
      .option('--branch <ref>', 'judge what a branch changes against the base branch')
      .option('--range <a>..<b>', 'judge what <b> changes against <a>')
      .option('--paths <path...>', 'judge paths that are about to be changed')
      .option('--agent <id>', 'judge as this agent')
      .option('--policy <file>', 'ask a draft instead of the policy in force')
      .addHelpText('after', EXAMPLES),
  run: (host, _args, options) =>
    runCheck(host, {
      target: targetOf(options),
      agent: options['agent'] as string | undefined,
      policy: options['policy'] as string | undefined,
    }),
  terminal: (report, view) => renderCheck(report, view),
  markdown: renderCheckMarkdown,
  sarif: renderSarif,
});

/** @throws Failure `usage` when more than one form is asked for. */
function targetOf(options: Record<string, unknown>): CheckTarget {
  const asked = ['staged', 'branch', 'range', 'paths'].filter(
    (name) => options[name] !== undefined,
  );
  if (asked.length > 1)
    throw new Failure('usage', `--${asked.join(' and --')} cannot be judged at once`, [
      'To judge both, run bailiwick check once for each',
    ]);
  if (options['branch'] !== undefined) return { kind: 'branch', ref: options['branch'] as string };
  if (options['range'] !== undefined) return { kind: 'range', range: options['range'] as string };
  if (options['paths'] !== undefined) return { kind: 'paths', paths: options['paths'] as string[] };
  return { kind: 'staged' };
}
