import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { ReportParts } from '../../domain/report.ts';
import type { TaskChangeData, TaskVerb } from '../../domain/reports/task.ts';
import type { PolicySession } from '../session/session.ts';
import type { TaskChange } from './change-task.ts';

/** The report of a command that changes tasks. */
export const changedTasks = (
  { policy }: PolicySession,
  verb: TaskVerb,
  agent: AgentId | null,
  changes: readonly TaskChange[],
  { dryRun = false, findings = [] }: { dryRun?: boolean; findings?: readonly Finding[] },
): ReportParts<TaskChangeData> => ({
  agent,
  policy: policy.source,
  findings: [...changes.flatMap((change) => change.findings), ...findings],
  data: {
    verb,
    tasks: changes.map(({ outcome, row }) => ({ outcome, row })),
    dryRun,
    notices: [...policy.notices, ...new Set(changes.flatMap(({ notices }) => notices))],
  },
});
