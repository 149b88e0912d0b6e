import type { ReportParts } from '../../domain/report.ts';
import type { CheckData } from '../../domain/reports/check.ts';
import type { Session } from '../session/session.ts';
import { judgeTarget, type TargetOptions } from './judge-target.ts';
import { notePassedCommit } from './passed-commits.ts';

/** Judges the commit that git is about to make, and writes down that it was. */
export async function judgeCommit(
  session: Session,
  options: TargetOptions,
): Promise<ReportParts<CheckData>> {
  const parts = await judgeTarget(session, { kind: 'staged' }, options);
  if (!parts.findings.some(({ severity }) => severity === 'error')) await notePassedCommit(session);
  return parts;
}
