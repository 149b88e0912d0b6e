import type { Plan, Step } from '../../../domain/plan.ts';
import type { CleanBranch } from '../../../domain/reports/clean.ts';
import type { PolicySession } from '../../session/session.ts';
import { judgeRemoval } from '../remove/judge-removal.ts';
import type { WorktreeSurvey } from '../survey.ts';
import type { LandedBranch } from './find-landed.ts';

/** What goes of a branch in this clone, and how. */
export interface BranchPlan extends Pick<CleanBranch, 'kept' | 'local' | 'worktree'> {
  readonly plan: Plan;
}

/** What goes of a branch in this clone; as soon as something in a worktree of it would be lost, nothing. */
export async function planBranch(
  session: PolicySession,
  survey: WorktreeSurvey,
  { branch, local }: LandedBranch,
): Promise<BranchPlan> {
  const nothing: BranchPlan = { plan: [], local: null, worktree: null, kept: [] };
  if (local === null) return nothing;
  const own = survey.worktrees.filter((each) => each.branch === branch);
  const [worktree, ...more] = own;
  const deletion: Step = {
    kind: 'delete-branch',
    branch,
    at: local.at,
    why: 'the base has everything of it',
  };
  if (worktree === undefined) return { ...nothing, plan: [deletion], local: local.at };
  const stays = (why: string): BranchPlan => ({ ...nothing, kept: [why] });
  if (more.length > 0) return stays(`it is checked out in ${own.length} worktrees`);
  if (worktree.state === 'missing')
    return stays('its worktree is gone, and bailiwick worktree prune forgets that');
  if (worktree.main) return stays('it is checked out in the main worktree');
  if (worktree.path === session.workspace.location.top)
    return stays('this was started in its worktree');
  if (worktree.head !== local.at) return stays(`${worktree.path} is not at its tip`);
  const { obstacles, plan } = await judgeRemoval(session, survey, worktree, {});
  if (obstacles.length > 0)
    return stays(`${worktree.path}: ${obstacles.map(({ message }) => message).join('; ')}`);
  const others = plan.filter(({ kind }) => kind !== 'delete-branch');
  return { plan: [...others, deletion], local: local.at, worktree: worktree.path, kept: [] };
}
