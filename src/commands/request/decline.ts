import { LONGEST_MESSAGE } from '../../core/requests/parse-request.ts';
import { declineRequest } from '../../core/requests/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import type { Host } from '../../host/host.ts';
import { type SettleOptions, settleRequest } from '../../services/proposals/settle-request.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface RequestDeclineOptions extends SettleOptions {
  readonly message?: string | undefined;
}

/** Says no, or takes a grant back. @throws Failure when there is none of that id, or no reason is given */
export function runRequestDecline(
  host: Host,
  options: RequestDeclineOptions,
): Promise<Report<RequestChangeData>> {
  return withPolicy(host, async (session) => {
    const reason = readReason(options);
    const parts = await settleRequest(session, 'decline', options, (current, actor, moment) =>
      declineRequest(current, actor, reason, moment),
    );
    return reportOf('request decline', parts);
  });
}

function readReason({ id, message = '' }: RequestDeclineOptions): string {
  if (message.trim() !== '' && message.length <= LONGEST_MESSAGE) return message.trim();
  throw new Failure(
    'usage',
    message.trim() === ''
      ? 'whoever asked has to know why not'
      : `--message is longer than ${LONGEST_MESSAGE} characters`,
    [hintTo('say why', `bailiwick request decline ${id} -m <why>`)],
  );
}
