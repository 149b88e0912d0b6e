import { Failure } from '../../domain/failure.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { WorktreeListData, WorktreeRow } from '../../domain/reports/worktree.ts';
import type { Host } from '../../host/host.ts';
import { type Session, withSession } from '../../services/session/session.ts';
import { guardedWorktrees, hookFacts } from '../../services/worktrees/guarded-worktrees.ts';
import { nestedIn } from '../../services/worktrees/remove/removal-facts.ts';
import {
  type WorktreeSurvey,
  type SurveyedWorktree,
  surveyWorktrees,
} from '../../services/worktrees/survey.ts';
import { unsavedPaths, unsavedCommits } from '../../services/worktrees/unsaved-paths.ts';

/**
 * Every worktree of the repository: whose it is, its ports, and what in it is nowhere else yet.
 *
 * @throws Failure outside a repository.
 */
export function runWorktreeList(host: Host): Promise<Report<WorktreeListData>> {
  return withSession(host, async (session) => {
    const { policy } = session;
    const survey = await surveyWorktrees(session);
    const hooks = await hookFacts(session, survey.worktrees);
    const guarded = await guardedWorktrees(host, hooks);
    const worktrees = await Promise.all(
      survey.worktrees.map(async (worktree): Promise<WorktreeRow> => {
        const { path, agent, binding, branch, main, state, locked, record } = worktree;
        const work = await unsavedWork(session, survey, worktree);
        return {
          path,
          agent: agent ?? binding,
          branch,
          main,
          state,
          locked,
          ports: record?.ports ?? null,
          ...work,
          guarded: guarded.get(path) ?? null,
        };
      }),
    );
    const busy = new Set(worktrees.map(({ agent }) => agent));
    return reportOf('worktree list', {
      agent: null,
      policy: policy?.source ?? null,
      findings: [],
      data: {
        verb: 'list',
        top: survey.start,
        worktrees,
        without: [...(policy?.ownership.agents.keys() ?? [])].filter((id) => !busy.has(id)),
      },
    });
  });
}

/** How much of a worktree is nowhere else; null for what cannot be read. */
async function unsavedWork(
  { host: { files }, policy, workspace: { repo } }: Session,
  survey: WorktreeSurvey,
  worktree: SurveyedWorktree,
): Promise<Pick<WorktreeRow, 'uncommitted' | 'unpushed'>> {
  if (worktree.state === 'missing') return { uncommitted: null, unpushed: null };
  const count = async <T>(read: Promise<T>, of: (value: T) => number): Promise<number | null> => {
    try {
      return of(await read);
    } catch (error) {
      if (error instanceof Failure) return null;
      throw error;
    }
  };
  const nested = nestedIn(survey, worktree);
  return {
    uncommitted: await count(unsavedPaths(files, worktree, nested), (paths) => paths.length),
    unpushed: await count(unsavedCommits(repo, policy, worktree), (unpushed) => unpushed.count),
  };
}
