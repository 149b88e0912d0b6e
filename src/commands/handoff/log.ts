import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { HandoffLogData } from '../../domain/reports/handoff.ts';
import { validationLogs } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { namedAgent } from '../../services/session/named-agent.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface HandoffLogOptions {
  readonly name: string;
  /** Which command, from 1; all of them when it is left out. */
  readonly position?: string | undefined;
}

/**
 * The end of the output of an agent's last handoff. Only the machine where it ran has it.
 *
 * @throws Failure when there is none here
 */
export function runHandoffLog(
  host: Host,
  { name, position }: HandoffLogOptions,
): Promise<Report<HandoffLogData>> {
  return withPolicy(host, (session) => {
    const { policy, workspace } = session;
    const agent = namedAgent(session, name);
    const directory = validationLogs(workspace.location, `handoff-${agent}`);
    const logs = host.files
      .list(directory)
      .flatMap((file) => {
        const at = /^(\d+)\.log$/.exec(file)?.[1];
        if (at === undefined || (position !== undefined && at !== position)) return [];
        const path = join(directory, file);
        return [{ position: Number(at), path, text: host.files.read(path)?.toString() ?? '' }];
      })
      .sort((a, b) => a.position - b.position);
    if (logs.length === 0)
      throw new Failure('usage', `this machine has no such output of a handoff of ${agent}`, [
        hintTo('see what was handed off', `bailiwick handoff show ${agent}`),
      ]);
    const data = { verb: 'log' as const, logs };
    const parts = { agent, policy: policy.source, findings: [], data };
    return Promise.resolve(reportOf('handoff log', parts));
  });
}
