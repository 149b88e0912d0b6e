import type { Ownership } from '../../../domain/ownership.ts';
import type { Problem } from '../../../domain/problem.ts';
import { ambiguousBranch, worktreeBranch } from './ambiguous-branch.ts';
import { type Check, type LintFacts, makeContext } from './context.ts';
import { pathsUnowned } from './coverage.ts';
import { globClass, duplicateGlobs, globShadowed } from './duplicate-globs.ts';
import { grantsOverlap } from './overlap.ts';
import { globDenied, ownsNothing } from './owns-nothing.ts';
import { testFailed } from './tests.ts';
import { globDead, localTracked } from './tracked.ts';

/** All of them, sorted by name. */
const CHECKS: readonly Check[] = [
  ambiguousBranch,
  globClass,
  globDead,
  globDenied,
  duplicateGlobs,
  globShadowed,
  grantsOverlap,
  localTracked,
  ownsNothing,
  pathsUnowned,
  testFailed,
  worktreeBranch,
];

/**
 * What is wrong with a policy that can be read: what its rules come to together, in this
 * repository, by the guard's own answers. Loads refa, so nothing on a hook's path may import it.
 */
export function lintOwnership(ownership: Ownership, facts: LintFacts): readonly Problem[] {
  const context = makeContext(ownership, facts);
  return CHECKS.flatMap((check) => check(context));
}
