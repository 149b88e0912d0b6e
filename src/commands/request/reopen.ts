import { reopenRequest } from '../../core/requests/transitions.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import type { Host } from '../../host/host.ts';
import { type SettleOptions, settleRequest } from '../../services/proposals/settle-request.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface RequestReopenOptions extends SettleOptions {
  readonly message?: string | undefined;
}

/** Asks again what was declined, taken back, or granted for a time that is over. @throws Failure when there is none of that id */
export function runRequestReopen(
  host: Host,
  options: RequestReopenOptions,
): Promise<Report<RequestChangeData>> {
  return withPolicy(host, async (session) => {
    const parts = await settleRequest(session, 'reopen', options, (current, actor, moment) =>
      reopenRequest(current, actor, options.message ?? null, moment),
    );
    return reportOf('request reopen', parts);
  });
}
