import type { Ownership } from '../../../domain/ownership.ts';
import type { Problem } from '../../../domain/problem.ts';
import { globDenied, ownsNothing } from './agents.ts';
import { branchAmbiguous, worktreeBranch } from './branches.ts';
import { type Check, type LintFacts, makeContext } from './context.ts';
import { pathsUnowned } from './coverage.ts';
import { globClass, globDuplicate, globShadowed } from './lists.ts';
import { grantsOverlap } from './overlap.ts';
import { testFailed } from './tests.ts';
import { globDead, localTracked } from './tracked.ts';

/** All of them, sorted by name. */
const CHECKS: readonly Check[] = [
  branchAmbiguous,
  globClass,
  globDead,
  globDenied,
  globDuplicate,
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
