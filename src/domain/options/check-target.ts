import { Failure } from '../failure.ts';
import { hintTo } from '../hint.ts';
import type { CheckTarget } from '../reports/check.ts';
import type { CHECK_OPTIONS } from './check-options.ts';
import type { OptionValues } from './option-table.ts';

/**
 * What `check` is to judge.
 *
 * @throws Failure `usage` when more than one form is asked for.
 */
export function checkTarget(
  options: Omit<OptionValues<typeof CHECK_OPTIONS>, 'agent' | 'asHuman' | 'base' | 'policy'>,
): CheckTarget {
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
