import { withdrawRequest } from '../../core/requests/transitions.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import type { Host } from '../../host/host.ts';
import { type SettleOptions, settleRequest } from '../../services/proposals/settle-request.ts';
import { withPolicy } from '../../services/session/session.ts';

/** The asker takes a request back. @throws Failure when there is none of that id */
export function runRequestWithdraw(
  host: Host,
  options: SettleOptions,
): Promise<Report<RequestChangeData>> {
  return withPolicy(host, async (session) => {
    const parts = await settleRequest(session, 'withdraw', options, (current, actor, moment) =>
      withdrawRequest(current, actor, moment),
    );
    return reportOf('request withdraw', parts);
  });
}
