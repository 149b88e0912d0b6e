import { runOrder } from '../../commands/order.ts';
import { orderRequest } from '../../domain/options/fleet-request.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';
import { briefOrder } from '../../render/brief/order.ts';
import { type ORDER_TAKES, UNASKED } from '../takes.ts';
import { viewFor } from '../view-for.ts';

export const callOrder = async (
  host: Host,
  asked: OptionValues<typeof ORDER_TAKES>,
): Promise<Brief> => {
  const request = orderRequest({ ...asked, ...UNASKED });
  return briefOrder(await runOrder(host, request), viewFor(host));
};
