import { join } from 'node:path';
import { branchAgents } from '../../../core/identity/branch-agent.ts';
import { obstaclesOf, type RemovalFlags } from '../../../core/worktrees/obstacles.ts';
import { planRelease, planRemove } from '../../../core/worktrees/plan-remove.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Plan } from '../../../domain/plan.ts';
import type { Obstacle } from '../../../domain/reports/worktree.ts';
import { logPath } from '../../../git/worktree/state-paths.ts';
import type { Host } from '../../../host/host.ts';
import { branchChanges } from '../../guard/branch-changes.ts';
import type { Session } from '../../session/session.ts';
import { isAsWritten } from '../is-as-written.ts';
import { ENVIRONMENT_FILE, FOCUS_FILE, LOCAL_ENVIRONMENT_FILE } from '../registry-file.ts';
import type { WorktreeSurvey, SurveyedWorktree } from '../survey.ts';
import { removalFacts } from './removal-facts.ts';

/** Whether a worktree may go, and how. */
export interface JudgedRemoval {
  readonly worktree: SurveyedWorktree;
  readonly obstacles: readonly Obstacle[];
  readonly branchDeleted: boolean;
  readonly plan: Plan;
  readonly notes: readonly string[];
}

/** Finds everything that would be lost with a worktree, and plans its removal. Changes nothing. */
export async function judgeRemoval(
  session: Session,
  survey: WorktreeSurvey,
  worktree: SurveyedWorktree,
  flags: RemovalFlags,
): Promise<JudgedRemoval> {
  const { host, workspace } = session;
  const { path } = worktree;
  const log = logPath(workspace.location, path);
  const logs = host.files.exists(log) ? [log] : [];
  if (worktree.main) return judgeRelease(host, worktree, flags, logs);
  const read = await removalFacts(session, survey, worktree);
  const landed = await hasLanded(session, worktree, read.facts.unpushed.count);
  const { count } = read.facts.unpushed;
  const facts = landed
    ? { ...read.facts, unpushed: { ...read.facts.unpushed, count: 0 } }
    : read.facts;
  // The branch of a worktree that is gone stays.
  const keepBranch = flags.keepBranch === true || worktree.state === 'missing';
  const obstacles = obstaclesOf(facts, { ...flags, keepBranch });
  const branch = ownBranch(session, survey, worktree);
  const goes = branch !== null && !keepBranch && (count === 0 || flags.discardUnpushed === true);
  const forced = obstaclesOf(read.facts, {}).length > 0 || worktree.locked !== null;
  return {
    worktree,
    obstacles,
    branchDeleted: goes,
    plan: planRemove({ path, force: forced, branch: goes ? branch : null, logs }),
    notes: [
      ...read.notes,
      ...(landed && !goes && branch
        ? [`${branch.name} stays: what it changes has landed, its commits are nowhere else`]
        : []),
    ],
  };
}

/** The main checkout stays; only what was put into it is taken out. */
function judgeRelease(
  { files }: Host,
  worktree: SurveyedWorktree,
  flags: RemovalFlags,
  logs: readonly string[],
): JudgedRemoval {
  const { path, record } = worktree;
  const names = [ENVIRONMENT_FILE, FOCUS_FILE];
  const edited = names.filter((name) => !isAsWritten(files, path, name, record));
  const nothing = { count: 0, newest: [], branch: null, base: null };
  const obstacles = obstaclesOf(
    {
      uncommitted: [],
      operation: null,
      unpushed: nothing,
      submodules: [],
      precious: edited,
      nested: [],
      locked: null,
      making: worktree.state === 'making',
      processes: [],
    },
    flags,
  );
  const there = names.map((name) => join(path, name)).filter((file) => files.exists(file));
  return {
    worktree,
    obstacles,
    branchDeleted: false,
    plan: planRelease(path, there, join(path, LOCAL_ENVIRONMENT_FILE), logs),
    notes: [],
  };
}

/** Everything the branch changes is on the base, as after a squash merge; the branch itself stays. */
async function hasLanded(
  session: Session,
  { branch, head }: SurveyedWorktree,
  unpushed: number,
): Promise<boolean> {
  const { policy } = session;
  if (unpushed === 0 || branch === null || head === null || !policy?.base) return false;
  const { commit, ref } = policy.base;
  try {
    return (await branchChanges(session, { commit, name: ref }, head)).changes.length === 0;
  } catch (error) {
    // Without a common ancestor nobody can tell, and what nobody can tell has not landed.
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** The branch that is the agent's own, and nobody else's: the only one that goes with its worktree. */
function ownBranch(
  { policy }: Session,
  survey: WorktreeSurvey,
  { agent, branch, head, path, record, state }: SurveyedWorktree,
) {
  if (branch === null || head === null || state === 'missing') return null;
  if (policy === null || branch === policy.ownership.base) return null;
  const named = branchAgents(policy.ownership)(branch);
  const own = record?.branch === branch || (agent !== null && named.includes(agent));
  const elsewhere = survey.worktrees.some((each) => each.branch === branch && each.path !== path);
  return own && !elsewhere ? { name: branch, at: head } : null;
}
