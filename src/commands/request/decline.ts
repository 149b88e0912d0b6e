import { LONGEST_MESSAGE } from '../../core/requests/parse-request.ts';
import { declineRequest } from '../../core/requests/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import type { Host } from '../../host/host.ts';
import { changeRequest, readRequestId } from '../../services/proposals/change-request.ts';
import { changedParts, unchangedParts } from '../../services/proposals/changed-parts.ts';
import { requestActor } from '../../services/proposals/request-actor.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface RequestDeclineOptions {
  readonly id: string;
  readonly message?: string | undefined;
  readonly agent?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** Says no, or takes a grant back. @throws Failure when there is none of that id, or no reason is given */
export function runRequestDecline(
  host: Host,
  options: RequestDeclineOptions,
): Promise<Report<RequestChangeData>> {
  return withPolicy(host, async (session) => {
    const id = readRequestId(options.id);
    const reason = readReason(options);
    const actor = requestActor(session, options.agent);
    if (!actor.ok)
      return reportOf('request decline', unchangedParts(session, 'decline', [actor.error]));
    const { agent } = actor.value;
    const { offline, dryRun = false } = options;
    const change = await changeRequest(session, {
      id,
      agent,
      offline,
      dryRun,
      decide: (current, asked, moment) =>
        declineRequest(current, { ...actor.value, asked }, reason, moment),
    });
    const parts = changedParts(session, { verb: 'decline', agent, changes: [change], dryRun });
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
