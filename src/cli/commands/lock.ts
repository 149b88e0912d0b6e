import { runLockList } from '../../commands/lock-list.ts';
import { runLockReset } from '../../commands/lock-reset.ts';
import { runLock } from '../../commands/lock.ts';
import { Failure } from '../../domain/failure.ts';
import type { Report } from '../../domain/report.ts';
import type { LockChangeData, LockListData } from '../../domain/reports/lock.ts';
import type { Host } from '../../host/host.ts';
import { renderLock } from '../../render/terminal/lock.ts';
import { defineCommand } from '../definition.ts';

const EXAMPLES = `
Actions:
  acquire <name>   take the lock of a shared part; the holder keeps what it has
  renew <name>     make the lease last its full time from now
  release <name>   give it back
  reset <name>     make a lock that cannot be read what it last said
  list             every lock: who holds it, since when, until when, why

Examples:
  bailiwick lock acquire common --reason "move the parser"
  bailiwick lock acquire common --wait 5m   wait for the holder to give it back
  bailiwick lock acquire common --steal     take over a lease that has ended
  bailiwick lock renew common
  bailiwick lock release common
  bailiwick lock list --json`;

export default defineCommand({
  configure: (command) =>
    command
      .argument('<action>', 'acquire, renew, release, reset or list')
      .argument('[name]', 'the name of a shared part in ownership.yml')
      .option('--reason <text>', 'why, for whoever has to wait')
      .option('--ttl <duration>', 'how long, such as 30m; at most what ownership.yml allows')
      .option('--wait [duration]', 'wait until the lock is free; 10m when no time is given')
      .option('--steal', "take over another's lease that has ended")
      .option('--agent <id>', 'act for this agent')
      .option('--offline', 'decide in this clone alone, without asking the remote')
      .option('--dry-run', 'say what would be, change nothing')
      .addHelpText('after', EXAMPLES),
  run,
  terminal: renderLock,
});

function run(
  host: Host,
  [action = '', name]: readonly string[],
  options: Record<string, unknown>,
): Promise<Report<LockChangeData | LockListData>> {
  const offline = options['offline'] === true;
  switch (action) {
    case 'list':
      if (name !== undefined) throw new Failure('usage', 'lock list takes no name');
      return runLockList(host, { offline });
    case 'acquire':
    case 'release':
    case 'renew':
      if (name !== undefined)
        return runLock(host, {
          verb: action,
          name,
          reason: options['reason'] as string | undefined,
          ttl: options['ttl'] as string | undefined,
          wait: options['wait'] as string | true | undefined,
          agent: options['agent'] as string | undefined,
          steal: options['steal'] === true,
          dryRun: options['dryRun'] === true,
          offline,
        });
      throw new Failure('usage', `lock ${action} needs the name of a lock`, [
        'To see every lock, run bailiwick lock list',
      ]);
    case 'reset':
      if (name !== undefined)
        return runLockReset(host, { name, offline, dryRun: options['dryRun'] === true });
      throw new Failure('usage', 'lock reset needs the name of a lock', [
        'To see every lock, run bailiwick lock list',
      ]);
    default:
      throw new Failure('usage', `lock has no action ${JSON.stringify(action)}`, [
        'To see what it can do, run bailiwick lock --help',
      ]);
  }
}
