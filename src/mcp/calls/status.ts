import { runStatus } from '../../commands/status.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';
import { briefStatus } from '../../render/brief/status.ts';
import type { STATUS_TAKES } from '../takes.ts';
import { viewFor } from '../view-for.ts';

export const callStatus = async (
  host: Host,
  { overlap }: OptionValues<typeof STATUS_TAKES>,
): Promise<Brief> => briefStatus(await runStatus(host, { overlap }), viewFor(host));
