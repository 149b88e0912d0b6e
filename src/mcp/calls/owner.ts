import { runOwner } from '../../commands/owner.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';
import { briefOwner } from '../../render/brief/owner.ts';
import type { OWNER_TAKES } from '../takes.ts';
import { viewFor } from '../view-for.ts';

export const callOwner = async (
  host: Host,
  { paths = [], agent }: OptionValues<typeof OWNER_TAKES>,
): Promise<Brief> => briefOwner(await runOwner(host, { paths, agent }), viewFor(host));
