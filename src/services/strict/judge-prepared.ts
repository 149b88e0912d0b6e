import { hintTo } from '../../domain/hint.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { CheckData } from '../../domain/reports/check.ts';
import type { Host } from '../../host/host.ts';
import { judgeCommit } from '../guard/judge-commit.ts';
import { operationIn } from '../layout/operation-in.ts';
import { type Session, type SessionOptions, withSession } from '../session/session.ts';

/**
 * Judges a commit in the making that no other hook was asked about: `--no-verify`, a cherry-pick, a revert.
 * A pick that is refused waits; to end it is what leads back.
 */
export const judgePrepared = (
  host: Host,
  options: SessionOptions,
): Promise<ReportParts<CheckData>> =>
  withSession(
    host,
    async (session) => {
      const parts = await judgeCommit(session, { recordLane: true });
      const operation = operationOf(session);
      if (operation === null || parts.data.remedy === null) return parts;
      const remedy = hintTo(`go back to before the ${operation}`, `git ${operation} --abort`);
      return { ...parts, data: { ...parts.data, remedy } };
    },
    options,
  );

function operationOf({ host, workspace }: Session): 'cherry-pick' | 'revert' | null {
  const operation = operationIn(host.files, workspace.location.gitDirectory);
  return operation === 'cherry-pick' || operation === 'revert' ? operation : null;
}
