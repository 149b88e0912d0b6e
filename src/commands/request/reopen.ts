import { reopenRequest } from '../../core/requests/transitions.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import type { Host } from '../../host/host.ts';
import { changeRequest, readRequestId } from '../../services/proposals/change-request.ts';
import { changedParts, unchangedParts } from '../../services/proposals/changed-parts.ts';
import { requestActor } from '../../services/proposals/request-actor.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface RequestReopenOptions {
  readonly id: string;
  readonly message?: string | undefined;
  readonly agent?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** Asks again what was declined, taken back, or granted for a time that is over. @throws Failure when there is none of that id */
export function runRequestReopen(
  host: Host,
  options: RequestReopenOptions,
): Promise<Report<RequestChangeData>> {
  return withPolicy(host, async (session) => {
    const id = readRequestId(options.id);
    const actor = requestActor(session, options.agent);
    if (!actor.ok)
      return reportOf('request reopen', unchangedParts(session, 'reopen', [actor.error]));
    const { agent } = actor.value;
    const { offline, dryRun = false } = options;
    const change = await changeRequest(session, {
      id,
      agent,
      offline,
      dryRun,
      decide: (current, _asked, moment) =>
        reopenRequest(current, actor.value, options.message ?? null, moment),
    });
    const parts = changedParts(session, { verb: 'reopen', agent, changes: [change], dryRun });
    return reportOf('request reopen', parts);
  });
}
