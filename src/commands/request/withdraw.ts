import { withdrawRequest } from '../../core/requests/transitions.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import type { Host } from '../../host/host.ts';
import { changeRequest, readRequestId } from '../../services/proposals/change-request.ts';
import { changedParts, unchangedParts } from '../../services/proposals/changed-parts.ts';
import { requestActor } from '../../services/proposals/request-actor.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface RequestWithdrawOptions {
  readonly id: string;
  readonly agent?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** The asker takes a request back. @throws Failure when there is none of that id */
export function runRequestWithdraw(
  host: Host,
  options: RequestWithdrawOptions,
): Promise<Report<RequestChangeData>> {
  return withPolicy(host, async (session) => {
    const id = readRequestId(options.id);
    const actor = requestActor(session, options.agent);
    if (!actor.ok)
      return reportOf('request withdraw', unchangedParts(session, 'withdraw', [actor.error]));
    const { agent } = actor.value;
    const { offline, dryRun = false } = options;
    const change = await changeRequest(session, {
      id,
      agent,
      offline,
      dryRun,
      decide: (current, _asked, moment) => withdrawRequest(current, actor.value, moment),
    });
    const parts = changedParts(session, { verb: 'withdraw', agent, changes: [change], dryRun });
    return reportOf('request withdraw', parts);
  });
}
