import { runRequestAccept } from '../../commands/request/accept.ts';
import { runRequestDecline } from '../../commands/request/decline.ts';
import { runRequestList } from '../../commands/request/list.ts';
import { runRequestOpen } from '../../commands/request/open.ts';
import { runRequestShow } from '../../commands/request/show.ts';
import { runRequestWithdraw } from '../../commands/request/withdraw.ts';
import { Failure } from '../../domain/failure.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';
import { briefRequest } from '../../render/brief/request.ts';
import type { REQUEST_TAKES } from '../takes.ts';
import { viewFor } from '../view-for.ts';

/** @throws Failure `usage` when no request is named where one is meant. */
export async function callRequest(
  host: Host,
  { verb, paths = [], id, ...options }: OptionValues<typeof REQUEST_TAKES>,
): Promise<Brief> {
  const { agent, message, to, toMe, apply, grant } = options;
  const view = viewFor(host);
  if (verb === 'list') return briefRequest(await runRequestList(host, { toMe, agent }), view);
  if (verb === 'open')
    return briefRequest(await runRequestOpen(host, { paths, message, to, agent }), view);
  if (id === undefined) throw new Failure('usage', `${verb ?? 'a verb'} needs the id of a request`);
  switch (verb) {
    case 'accept':
      return briefRequest(await runRequestAccept(host, { id, apply, grant, agent }), view);
    case 'decline':
      return briefRequest(await runRequestDecline(host, { id, message, agent }), view);
    case 'withdraw':
      return briefRequest(await runRequestWithdraw(host, { id, agent }), view);
    case 'show':
    case undefined:
      return briefRequest(await runRequestShow(host, { id, patch: true }), view);
  }
}
