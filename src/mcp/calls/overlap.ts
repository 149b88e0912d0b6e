import { runOverlap } from '../../commands/overlap.ts';
import { fleetRequest } from '../../domain/options/fleet-request.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';
import { briefOverlap } from '../../render/brief/overlap.ts';
import { type OVERLAP_TAKES, UNASKED } from '../takes.ts';
import { viewFor } from '../view-for.ts';

export const callOverlap = async (
  host: Host,
  asked: OptionValues<typeof OVERLAP_TAKES>,
): Promise<Brief> => {
  const request = fleetRequest({ ...asked, ...UNASKED });
  return briefOverlap(await runOverlap(host, request), viewFor(host));
};
