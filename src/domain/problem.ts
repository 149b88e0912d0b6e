import type { Hint } from './hint.ts';
/** Every kind of problem, sorted. Each is explained in `docs/ownership.md`. */
export const PROBLEM_RULES = [
  'after-cycle',
  'after-not-with',
  'agent-id',
  'alias-clash',
  'branch-ambiguous',
  'branch-template',
  'duplicate-key',
  'glob-class',
  'glob-dead',
  'glob-denied',
  'glob-duplicate',
  'glob-grammar',
  'glob-shadowed',
  'grants-overlap',
  'grants-unproven',
  'limit-missing',
  'local-tracked',
  'missing-key',
  'owns-nothing',
  'paths-unowned',
  'port-clash',
  'test-failed',
  'too-large',
  'unknown-agent',
  'unknown-key',
  'worktree-branch',
  'wrong-type',
  'wrong-value',
  'yaml',
] as const;

export type ProblemRule = (typeof PROBLEM_RULES)[number];

/**
 * Something wrong in `ownership.yml`. An `error` means that the guard could not decide for some
 * path, or that a case of `tests` fails; a `warning` is advice.
 */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** What kind of problem; stable. */
  readonly rule: ProblemRule;
  readonly message: string;
  readonly hint?: Hint;
  /** From 1; 0 when the problem has no place in the text. */
  readonly line: number;
  readonly column: number;
  /** A path, or a branch, that shows the problem is real. */
  readonly witness?: string;
}
