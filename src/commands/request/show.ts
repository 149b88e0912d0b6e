import { requestRows } from '../../core/requests/row.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestListData } from '../../domain/reports/request.ts';
import { patchText } from '../../git/diff/patch-text.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import type { Host } from '../../host/host.ts';
import { readRequestId } from '../../services/proposals/change-request.ts';
import { requestPlacer } from '../../services/proposals/place-request.ts';
import { listRequests } from '../../services/requests/list-requests.ts';
import { withPolicy } from '../../services/session/session.ts';

export interface RequestShowOptions {
  readonly id: string;
  readonly patch?: boolean;
  readonly offline?: boolean;
}

/** One request, with its place in the queues. @throws Failure when there is none, or it cannot be read */
export function runRequestShow(
  host: Host,
  options: RequestShowOptions,
): Promise<Report<RequestListData>> {
  return withPolicy(host, async ({ policy, reader, workspace: { repo } }) => {
    const id = readRequestId(options.id);
    const { requests, unreadable, silent } = await listRequests(
      repo,
      options.offline === true,
      reader,
    );
    const broken = unreadable.find(({ ref }) => ref.endsWith(`/${id}`));
    if (broken) throw new Failure('policy', broken.reason);
    const placer = requestPlacer(policy.ownership);
    const placed = requests.map(({ request, sync }) => ({ request, place: placer(request), sync }));
    const now = host.now();
    const rows = requestRows(placed, now, policy.ownership.requests.remind);
    const row = rows.find(({ request }) => request.id === id);
    if (row === undefined)
      throw new Failure('usage', `there is no request ${id}`, [
        hintTo('see every request', 'bailiwick request list --all'),
      ]);
    const { proposal } = row.request;
    const parent = (await readCommitObject(reader, proposal))?.parents[0];
    const patch =
      options.patch === true && parent !== undefined
        ? await patchText(repo, parent, proposal)
        : null;
    return reportOf('request show', {
      agent: null,
      policy: policy.source,
      findings: [],
      data: {
        verb: 'show',
        requests: [row],
        patch,
        unreadable: [],
        now,
        notices: [
          ...policy.notices,
          ...(silent === null ? [] : [`origin was not asked (${silent})`]),
        ],
      },
    });
  });
}
