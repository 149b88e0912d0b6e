import { type AskedToGo, stepsAfterRemove } from '../../../core/worktrees/steps-after-remove.ts';
import { withoutRecord } from '../../../core/worktrees/registry.ts';
import { describePlan, type Plan } from '../../../domain/plan.ts';
import { type Report, reportOf } from '../../../domain/report.ts';
import type { RemovedWorktree, WorktreeRemoveData } from '../../../domain/reports/worktree.ts';
import { applyPlan } from '../../plans/apply.ts';
import { repoAt } from '../../session/repo-at.ts';
import type { Session } from '../../session/session.ts';
import { planRegistry } from '../registry-file.ts';
import type { WorktreeSurvey } from '../survey.ts';
import type { JudgedRemoval } from './judge-removal.ts';

export interface RemovalRequest {
  readonly verb: WorktreeRemoveData['verb'];
  readonly dryRun: boolean;
  /** What is cleared away besides. */
  readonly besides: Plan;
}

/**
 * Removes all of the worktrees, or none when something keeps one of them; prunes those that nothing
 * keeps. Whoever calls this holds the lock of the registry.
 */
export async function carryOutRemoval(
  { host, workspace, policy }: Session,
  survey: WorktreeSurvey,
  judged: readonly JudgedRemoval[],
  { verb, dryRun, besides }: RemovalRequest,
): Promise<Report<WorktreeRemoveData>> {
  const refused = judged.some(({ obstacles }) => obstacles.length > 0);
  const free = judged.filter(({ obstacles }) => obstacles.length === 0);
  const going = refused && verb === 'remove' ? [] : free;
  const left = going.reduce(
    (registry, { worktree }) => withoutRecord(registry, worktree.path),
    survey.registry,
  );
  const registry = planRegistry(host, workspace.location, survey.top, left);
  const plan = [...going.flatMap((each) => each.plan), ...besides, ...registry];
  // The worktree this was started in may be one that goes.
  const repo = repoAt(workspace.repo, workspace.location.commonDirectory);
  if (!dryRun) await applyPlan(host, repo, plan);
  return reportOf(`worktree ${verb}`, {
    verdict: refused ? 'refused' : 'allowed',
    agent: null,
    policy: policy?.source ?? null,
    findings: [],
    data: {
      verb,
      dryRun,
      top: survey.start,
      worktrees: judged.map((each) => removed(each, going.includes(each), dryRun)),
      steps: describePlan(plan),
      notes: judged.flatMap(({ notes }) => notes),
      next: judged.map(asAsked).flatMap(stepsAfterRemove),
    },
  });
}

const asAsked = ({ worktree, obstacles }: JudgedRemoval): AskedToGo => ({
  ...worktree,
  missing: worktree.state === 'missing',
  halfMade: worktree.state === 'half-made',
  obstacles: new Set(obstacles.map(({ kind }) => kind)),
});

function removed(
  { worktree, obstacles, branchDeleted }: JudgedRemoval,
  goes: boolean,
  dryRun: boolean,
): RemovedWorktree {
  const { path, agent, binding, branch, main } = worktree;
  return {
    path,
    agent: agent ?? binding,
    branch,
    outcome: !goes ? keptBecause(obstacles) : dryRun ? 'planned' : main ? 'released' : 'removed',
    branchDeleted: branchDeleted && goes,
    obstacles,
  };
}

/** Another one was refused, and they go together. */
const keptBecause = (obstacles: JudgedRemoval['obstacles']): 'kept' | 'refused' =>
  obstacles.length > 0 ? 'refused' : 'kept';
