import { revertMessage } from '../../../core/landing/landing-message.ts';
import type { LandingAct } from '../../../core/landing/next-act.ts';
import { Failure } from '../../../domain/failure.ts';
import type { BranchName, Oid } from '../../../domain/refs.ts';
import type { LandingJournal, LeftOut, MadeStep } from '../../../domain/states/landing-journal.ts';
import { readCommitObject } from '../../../git/objects/commit.ts';
import { readSignatures } from '../../../git/objects/signatures.ts';
import type { Lab } from '../../fleet/lab/lab.ts';
import { withFleetOf } from '../../fleet/open/open-fleet.ts';
import { writeCommit } from '../../objects/write-commit.ts';
import type { Session } from '../../session/session.ts';
import { type BuiltLine, optionsToBuild, placesOf } from '../build-line.ts';
import { NOBODY } from '../commit-landings.ts';

/**
 * Makes the commits that take back what a landing brought, newest first: one for each branch, whatever
 * the landing mode. Each is the merge that `git revert -m 1` makes, whose base is what landed and whose
 * other side is what was there before it. Building ends with the first that leaves.
 */
export function buildReverts(
  session: Session,
  { base, mode, steps, undoes }: Pick<LandingJournal, 'base' | 'mode' | 'steps' | 'undoes'>,
  { onto, built, waiting }: Extract<LandingAct, { kind: 'build' }>,
): Promise<BuiltLine> {
  const begin = built.at(-1)?.made?.commit ?? onto;
  const made = new Map<BranchName, MadeStep>();
  const left = new Map<BranchName, LeftOut>();
  const work = async ({ lab }: { readonly lab: Lab }): Promise<BuiltLine> => {
    const by = await readSignatures(session.workspace.repo);
    let now: MadeStep = { commit: begin, tree: await treeOf(session, begin) };
    for (const step of waiting) {
      const before = steps[steps.indexOf(step) + 1]?.tip ?? undoes!.before;
      const tree = await revert(session, lab, { on: now.tree, landed: step.tip, before });
      if ('why' in tree) {
        left.set(step.branch, tree);
        break;
      }
      if (tree.tree === now.tree) {
        left.set(step.branch, { why: 'landed', words: `${base} has nothing of it any more` });
        break;
      }
      const message = revertMessage(step.branch, step.tip);
      const parents = [now.commit];
      const content = { tree: tree.tree, parents, message, otherwise: NOBODY };
      const commit = await writeCommit(session, content, by);
      now = { commit, tree: tree.tree };
      made.set(step.branch, now);
    }
    return { made, left };
  };
  return withFleetOf(session, optionsToBuild(base, begin, mode), work, { keeps: true });
}

/** The tree without what landed, or why there is none. */
async function revert(
  session: Session,
  lab: Lab,
  { on, landed, before }: { readonly on: Oid; readonly landed: Oid; readonly before: Oid },
): Promise<LeftOut | { readonly tree: Oid }> {
  const [from, to] = [await treeOf(session, landed), await treeOf(session, before)];
  // Two commits whose one common ancestor is what landed: git then takes no other base.
  const shared = lab.commit({ tree: from, parents: [], time: 0 });
  const ours = lab.commit({ tree: on, parents: [shared], time: 0 });
  const theirs = lab.commit({ tree: to, parents: [shared], time: 0 });
  const [outcome] = await lab.merge([{ ours, theirs }], 'reverting');
  if (outcome === undefined || 'failed' in outcome)
    return { why: 'unreadable', words: `cannot be taken back: ${outcome?.failed ?? 'no answer'}` };
  const { clean, tree, conflicts } = outcome;
  if (clean) return { tree };
  return { why: 'conflict', words: `is in what came after it${placesOf(conflicts)}` };
}

async function treeOf({ reader }: Session, oid: Oid): Promise<Oid> {
  const commit = await readCommitObject(reader, oid);
  if (commit === null) throw new Failure('git', `the commit ${oid} is not here`);
  return commit.tree;
}
