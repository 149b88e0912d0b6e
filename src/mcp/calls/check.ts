import { runCheck } from '../../commands/check.ts';
import { checkTarget } from '../../domain/options/check-target.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';
import { briefCheck } from '../../render/brief/check.ts';
import type { CHECK_TAKES } from '../takes.ts';
import { viewFor } from '../view-for.ts';

export const callCheck = async (
  host: Host,
  { agent, ...asked }: OptionValues<typeof CHECK_TAKES>,
): Promise<Brief> =>
  briefCheck(await runCheck(host, { target: checkTarget(asked), agent }), viewFor(host));
