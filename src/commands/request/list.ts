import { requestRows } from '../../core/requests/row.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestListData, RequestRow } from '../../domain/reports/request.ts';
import type { Host } from '../../host/host.ts';
import { requestPlacer } from '../../services/proposals/place-request.ts';
import { requestActor } from '../../services/proposals/request-actor.ts';
import { listRequests } from '../../services/requests/list-requests.ts';
import { type PolicySession, withPolicy } from '../../services/session/session.ts';

export interface RequestListOptions {
  /** What waits for whoever is acting here. */
  readonly toMe?: boolean;
  /** What whoever is acting here has asked for. */
  readonly mine?: boolean;
  /** What waits for a reserved part. */
  readonly queue?: string | undefined;
  /** Also what was decided. */
  readonly all?: boolean;
  readonly agent?: string | undefined;
  readonly offline?: boolean;
}

/**
 * The requests that wait or run, the most urgent first. One that cannot be read is named, and makes
 * the answer undecided.
 *
 * @throws Failure when there is no reserved part of the name given
 */
export function runRequestList(
  host: Host,
  options: RequestListOptions,
): Promise<Report<RequestListData>> {
  return withPolicy(host, async (session) => {
    const { ownership } = session.policy;
    checkQueue(session, options.queue);
    const who = options.toMe === true || options.mine === true || options.agent !== undefined;
    const actor = who ? requestActor(session, options.agent) : null;
    if (actor?.ok === false) return report(session, null, [], [actor.error]);
    const agent = actor?.value.agent ?? null;
    const { reader, workspace } = session;
    const { requests, unreadable, silent } = await listRequests(
      workspace.repo,
      options.offline === true,
      reader,
    );
    const placer = requestPlacer(ownership);
    const placed = requests.map(({ request, sync }) => ({ request, place: placer(request), sync }));
    const rows = requestRows(placed, host.now(), ownership.requests.remind);
    const shown = rows.filter((row) => isWanted(row, options, agent));
    const notices = silent === null ? [] : [`origin was not asked (${silent})`];
    return report(session, agent, shown, [], unreadable, notices);
  });
}

function checkQueue({ policy }: PolicySession, queue: string | undefined): void {
  const parts = policy.ownership.reserved.map(({ name }) => name);
  if (queue === undefined || parts.includes(queue)) return;
  const known = parts.length > 0 ? `there are ${parts.join(', ')}` : 'there is none';
  throw new Failure(
    'usage',
    `ownership.yml has no reserved part ${JSON.stringify(queue)}: ${known}`,
    [hintTo('see every request', 'bailiwick request list')],
  );
}

function isWanted(
  { request, standing, asked, queues }: RequestRow,
  { toMe, mine, queue, all }: RequestListOptions,
  agent: AgentId | null,
): boolean {
  if (queue !== undefined && !queues.some(({ part }) => part === queue)) return false;
  if (toMe === true)
    return standing === 'open' && (agent === null ? asked.length === 0 : asked.includes(agent));
  if (mine === true) return request.from === agent;
  return all === true || standing === 'open' || standing === 'granted';
}

const report = (
  session: PolicySession,
  agent: AgentId | null,
  requests: readonly RequestRow[],
  findings: readonly Finding[],
  unreadable: RequestListData['unreadable'] = [],
  notices: readonly string[] = [],
): Report<RequestListData> =>
  reportOf('request list', {
    agent,
    policy: session.policy.source,
    findings,
    ...(unreadable.length > 0 && { verdict: 'undecided' }),
    data: {
      verb: 'list',
      requests,
      patch: null,
      unreadable,
      now: session.host.now(),
      notices: [...session.policy.notices, ...notices],
    },
  });
