import { runWhoami } from '../../commands/whoami.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';
import { briefWhoami } from '../../render/brief/whoami.ts';
import type { WHOAMI_TAKES } from '../takes.ts';

export const callWhoami = async (
  host: Host,
  { agent }: OptionValues<typeof WHOAMI_TAKES>,
): Promise<Brief> => briefWhoami(await runWhoami(host, { agent }));
