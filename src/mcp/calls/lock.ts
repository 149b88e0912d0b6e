import { runLockList } from '../../commands/lock/list.ts';
import { runLock } from '../../commands/lock.ts';
import { Failure } from '../../domain/failure.ts';
import type { OptionValues } from '../../domain/options/option-table.ts';
import type { Host } from '../../host/host.ts';
import type { Brief } from '../../render/brief/brief.ts';
import { briefLock } from '../../render/brief/lock.ts';
import type { LOCK_TAKES } from '../takes.ts';
import { viewFor } from '../view-for.ts';

/** @throws Failure `usage` when no lock is named where one is meant. */
export async function callLock(
  host: Host,
  { verb, name, ...options }: OptionValues<typeof LOCK_TAKES>,
): Promise<Brief> {
  const view = viewFor(host);
  if (verb === 'list') return briefLock(await runLockList(host, {}), view);
  if (verb === undefined || name === undefined)
    throw new Failure('usage', `${verb ?? 'a verb'} needs the name of a lock`);
  return briefLock(await runLock(host, { verb, name, ...options }), view);
}
