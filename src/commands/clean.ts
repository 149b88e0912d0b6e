import { withoutRecord } from '../core/worktrees/registry.ts';
import { describePlan } from '../domain/plan.ts';
import { branchRef, type Oid } from '../domain/refs.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { CleanBranch, CleanData } from '../domain/reports/clean.ts';
import type { Host } from '../host/host.ts';
import { freeLandedLocks } from '../services/guard/work/free-landed.ts';
import { readReceipts } from '../services/landing/read-receipts.ts';
import { applyPlan } from '../services/plans/apply.ts';
import { repoAt } from '../services/session/repo-at.ts';
import { type PolicySession, withPolicy } from '../services/session/session.ts';
import { findLanded } from '../services/worktrees/clean/find-landed.ts';
import { planBranch } from '../services/worktrees/clean/plan-branch.ts';
import {
  type RemoteBranches,
  remoteBranches,
} from '../services/worktrees/clean/remote-branches.ts';
import { planRegistry, withRegistryLock } from '../services/worktrees/registry-file.ts';
import { surveyWorktrees } from '../services/worktrees/survey.ts';

export interface CleanOptions {
  /** Remove what is named; else nothing is changed. */
  readonly yes?: boolean;
  readonly offline?: boolean;
}

/**
 * Names what has landed, and with `yes` removes it: worktrees in which there is nothing to lose, branches
 * here and on the remote at the very commits that were judged, locks whose work is on the base.
 *
 * @throws Failure when there is no base here, or something cannot be removed
 */
export function runClean(host: Host, options: CleanOptions): Promise<Report<CleanData>> {
  return withPolicy(host, (session) => {
    const dryRun = options.yes !== true;
    const work = (): Promise<Report<CleanData>> => clean(session, dryRun, options.offline === true);
    return dryRun ? work() : withRegistryLock(session.workspace.location, work);
  });
}

async function clean(
  session: PolicySession,
  dryRun: boolean,
  offline: boolean,
): Promise<Report<CleanData>> {
  const { host, policy, workspace } = session;
  const survey = await surveyWorktrees(session);
  const landed = await findLanded(session, {
    takenBack: await takenBack(session),
    checkedOut: new Set(survey.worktrees.map(({ branch }) => branch)),
  });
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
  return reportOf('clean', {
    agent: null,
    policy: policy.source,
    findings: [],
    data: { dryRun, branches, locks, steps: describePlan(plan), notices: policy.notices },
  });
}

/** The tips whose landing was taken back. */
async function takenBack(session: PolicySession): Promise<Set<Oid>> {
  const receipts = await readReceipts(session, session.policy.ownership.base);
  const undone = new Set(receipts.flatMap(({ undoes }) => undoes ?? []));
  const steps = receipts.filter(({ id }) => undone.has(id)).flatMap((receipt) => receipt.steps);
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
