import type { LandingAct } from '../../../core/landing/next-act.ts';
import { Failure } from '../../../domain/failure.ts';
import type { BranchName, Oid } from '../../../domain/refs.ts';
import type { LandingJournal, MadeStep } from '../../../domain/states/landing-journal.ts';
import { readCommitObject } from '../../../git/objects/commit.ts';
import type { Session } from '../../session/session.ts';
import type { BuiltLine } from '../build-line.ts';

/**
 * What the base comes to when it is moved back over what a landing brought, newest first: the commits that
 * are there already, each below the one that landed on it.
 */
export async function buildSteppedBack(
  { reader }: Session,
  { steps, undoes }: Pick<LandingJournal, 'steps' | 'undoes'>,
  { waiting }: Extract<LandingAct, { kind: 'build' }>,
): Promise<BuiltLine> {
  const made = new Map<BranchName, MadeStep>();
  for (const step of waiting) {
    const below: Oid = steps[steps.indexOf(step) + 1]?.tip ?? undoes!.before;
    const commit = await readCommitObject(reader, below);
    if (commit === null) throw new Failure('git', `the commit ${below} is not here`);
    made.set(step.branch, { commit: below, tree: commit.tree });
  }
  return { made, left: new Map() };
}
