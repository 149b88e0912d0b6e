import { basename, join } from 'node:path';
import type { RemovalFlags } from '../../core/worktrees/obstacles.ts';
import type { Step } from '../../domain/plan.ts';
import type { Report } from '../../domain/report.ts';
import type { WorktreeRemoveData } from '../../domain/reports/worktree.ts';
import type { Location } from '../../git/worktree/locate.ts';
import { logPath, sharedStatePaths } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { withSession } from '../../services/session/session.ts';
import { withRegistryLock } from '../../services/worktrees/registry-file.ts';
import { carryOutRemoval } from '../../services/worktrees/remove/carry-out.ts';
import { judgeRemoval } from '../../services/worktrees/remove/judge-removal.ts';
import { type WorktreeSurvey, surveyWorktrees } from '../../services/worktrees/survey.ts';

export interface WorktreePruneOptions extends RemovalFlags {
  readonly dryRun?: boolean;
}

/**
 * Forgets worktrees whose directory is gone, and gives back what was kept for them: ports, logs. Their
 * branches stay. Refused when git still keeps something of theirs that nothing else holds.
 *
 * @throws Failure when it cannot be decided.
 */
export function runWorktreePrune(
  host: Host,
  options: WorktreePruneOptions = {},
): Promise<Report<WorktreeRemoveData>> {
  return withSession(host, (session) => {
    const { workspace } = session;
    const { dryRun = false } = options;
    const work = async (): Promise<Report<WorktreeRemoveData>> => {
      const survey = await surveyWorktrees(session);
      const gone = survey.worktrees.filter(({ state }) => state === 'missing');
      const judged = await Promise.all(
        gone.map((each) => judgeRemoval(session, survey, each, options)),
      );
      const besides = logsOfNobody(host, workspace.location, survey);
      return carryOutRemoval(session, survey, judged, { verb: 'prune', dryRun, besides });
    };
    return dryRun ? work() : withRegistryLock(workspace.location, work);
  });
}

/** Logs of worktrees that are no longer there. */
function logsOfNobody(
  { files }: Host,
  location: Location,
  { worktrees, registry }: WorktreeSurvey,
): Step[] {
  const directory = sharedStatePaths(location).logs;
  const kept = new Set(
    [...worktrees, ...registry].map(({ path }) => basename(logPath(location, path))),
  );
  const logs = files.list(directory).filter((name) => !kept.has(name));
  return logs.map((name) => ({
    kind: 'delete-file',
    path: join(directory, name),
    why: 'the log of a worktree that is gone',
  }));
}
