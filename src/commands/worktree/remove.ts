import type { RemovalFlags } from '../../core/worktrees/obstacles.ts';
import type { Report } from '../../domain/report.ts';
import type { WorktreeRemoveData } from '../../domain/reports/worktree.ts';
import type { Host } from '../../host/host.ts';
import { withSession } from '../../services/session/session.ts';
import { withRegistryLock } from '../../services/worktrees/registry-file.ts';
import { carryOutRemoval } from '../../services/worktrees/remove/carry-out.ts';
import { chooseWorktrees } from '../../services/worktrees/remove/choose-worktrees.ts';
import { judgeRemoval } from '../../services/worktrees/remove/judge-removal.ts';
import { surveyWorktrees } from '../../services/worktrees/survey.ts';

export interface WorktreeRemoveOptions extends RemovalFlags {
  /** Agents, branches or paths. */
  readonly names?: readonly string[];
  readonly all?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Removes worktrees with their own branches, and gives their ports back. Refused, and nothing done, as
 * soon as one of them has anything to lose that was not allowed by name.
 *
 * @throws Failure when it cannot be decided, or git cannot remove one.
 */
export function runWorktreeRemove(
  host: Host,
  options: WorktreeRemoveOptions,
): Promise<Report<WorktreeRemoveData>> {
  return withSession(host, (session) => {
    const { names = [], all = false, dryRun = false } = options;
    const work = async (): Promise<Report<WorktreeRemoveData>> => {
      const survey = await surveyWorktrees(session);
      const chosen = chooseWorktrees(session, survey, names, all);
      const judged = await Promise.all(
        chosen.map((each) => judgeRemoval(session, survey, each, options)),
      );
      const request = { verb: 'remove', dryRun, besides: [] } as const;
      return carryOutRemoval(session, survey, judged, request);
    };
    return dryRun ? work() : withRegistryLock(session.workspace.location, work);
  });
}
