import { takenBack } from '../../core/history/taken-back.ts';
import { withoutRecord } from '../../core/worktrees/registry.ts';
import { describePlan } from '../../domain/plan.ts';
import { type BranchName, branchRef, type Oid } from '../../domain/refs.ts';
import type { CleanBranch, CleanData } from '../../domain/reports/clean.ts';
import { freeLandedLocks } from '../guard/work/free-landed.ts';
import { readReceipts } from '../landing/read-receipts.ts';
import { applyPlan } from '../plans/apply.ts';
import { repoAt } from '../session/repo-at.ts';
import type { PolicySession } from '../session/session.ts';
import { findLanded } from '../worktrees/clean/find-landed.ts';
import { planBranch } from '../worktrees/clean/plan-branch.ts';
import { type RemoteBranches, remoteBranches } from '../worktrees/clean/remote-branches.ts';
import { planRegistry, withRegistryLock } from '../worktrees/registry-file.ts';
import { surveyWorktrees } from '../worktrees/survey.ts';

export interface CleanWish {
  /** Name what would be removed, and change nothing. */
  readonly dryRun: boolean;
  readonly offline: boolean;
  /** Leave alone what is none of these; null: nothing. */
  readonly only: ReadonlySet<BranchName> | null;
}

/**
 * Names what has landed, and unless it is only asked for removes it: worktrees in which there is nothing to lose,
 * branches here and on the remote at the very commits that were judged, locks whose work is on the base.
 *
 * @throws Failure when there is no base here, or something cannot be removed
 */
export function cleanLanded(session: PolicySession, wish: CleanWish): Promise<CleanData> {
  const work = (): Promise<CleanData> => clean(session, wish);
  return wish.dryRun ? work() : withRegistryLock(session.workspace.location, work);
}

async function clean(
  session: PolicySession,
  { dryRun, offline, only }: CleanWish,
): Promise<CleanData> {
  const { host, policy, workspace } = session;
  const survey = await surveyWorktrees(session);
  const found = await findLanded(session, {
    takenBack: await tipsTakenBack(session),
    checkedOut: new Set(survey.worktrees.map(({ branch }) => branch)),
  });
  const landed = found.filter(({ branch }) => only?.has(branch) ?? true);
  const here = await Promise.all(landed.map((each) => planBranch(session, survey, each)));
  const there: RemoteBranches = offline
    ? { remote: null, going: new Map(), kept: new Map() }
    : await remoteBranches(session, landed);
  const gone = here.flatMap(({ worktree }) => worktree ?? []);
  const left = gone.reduce(withoutRecord, survey.registry);
  const plan = [
    ...here.flatMap((each) => each.plan),
    ...(gone.length > 0 ? planRegistry(host, workspace.location, survey.top, left) : []),
  ];
  const locks = await freeLandedLocks(session, { offline, dryRun });
  let refused: ReadonlyMap<string, string> = new Map();
  if (!dryRun) {
    await applyPlan(host, repoAt(workspace.repo, workspace.location.commonDirectory), plan);
    refused = await deleteThere(there);
  }
  const branches = landed.map((each, at): CleanBranch => {
    const { local, worktree, kept } = here[at]!;
    const words = refused.get(each.branch) ?? there.kept.get(each.branch);
    return {
      branch: each.branch,
      agents: each.agents,
      how: (each.local ?? each.remote)!.how,
      local,
      worktree,
      remote: refused.has(each.branch) ? null : (there.going.get(each.branch) ?? null),
      kept: [...kept, ...(words === undefined ? [] : [words])],
    };
  });
  return { dryRun, branches, locks, steps: describePlan(plan), notices: policy.notices };
}

/** The tips whose landing was taken back by reverts, which history does not tell from landed ones. */
async function tipsTakenBack(session: PolicySession): Promise<Set<Oid>> {
  const receipts = await readReceipts(session, session.policy.ownership.base);
  const steps = takenBack(receipts).flatMap(({ receipt, by }) => (by.back ? [] : receipt.steps));
  return new Set(steps.map(({ tip }) => tip));
}

/** What the remote did not delete, with its words. */
async function deleteThere({
  remote,
  going,
}: RemoteBranches): Promise<ReadonlyMap<string, string>> {
  if (remote === null || going.size === 0) return new Map();
  const refs = new Map([...going].map(([branch, oid]) => [branchRef(branch), oid]));
  const answer = await remote.delete(refs);
  const short = (ref: string): string => ref.replace(/^refs\/heads\//, '');
  if (answer.ok) return new Map([...answer.value].map(([ref, words]) => [short(ref), words]));
  return new Map([...going.keys()].map((branch) => [branch, answer.error]));
}
