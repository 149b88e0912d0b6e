import type { Command } from 'commander';
import { runLockList } from '../../commands/lock-list.ts';
import { runLockReset } from '../../commands/lock-reset.ts';
import { type LockOptions, runLock } from '../../commands/lock.ts';
import type { LockVerb } from '../../domain/reports/lock.ts';
import { renderLock } from '../../render/terminal/lock.ts';
import { type CommandDefinition, type CommandGroup, defineCommand } from '../definition.ts';

const ACQUIRE = `
The holder keeps what it has; another's lease is left alone until it has ended, and then needs --steal.

Examples:
  bailiwick lock acquire common --reason "move the parser"
  bailiwick lock acquire common --wait 5m   wait for the holder to give it back
  bailiwick lock acquire common --steal     take over a lease that has ended`;

const RENEW = `
Makes the lease last its full time from now, also when it has ended and nobody took it since.

Examples:
  bailiwick lock renew common
  bailiwick lock renew common --ttl 30m`;

const RELEASE = `
Example:
  bailiwick lock release common`;

const RESET = `
A lock that can be read stays as it is. One that never said anything is free afterwards.

Example:
  bailiwick lock reset common`;

const LIST = `
Examples:
  bailiwick lock list
  bailiwick lock list --json`;

const named = (command: Command): Command =>
  command.argument('<name>', 'the name of a shared part in ownership.yml');

const offline = (command: Command): Command =>
  command.option('--offline', 'decide in this clone alone, without asking the remote');

const dryRun = (command: Command): Command =>
  command.option('--dry-run', 'say what would be done, change nothing');

const agent = (command: Command): Command => command.option('--agent <id>', 'act for this agent');

const terms = (command: Command): Command =>
  command
    .option('--reason <text>', 'why, for whoever has to wait')
    .option('--ttl <duration>', 'how long, such as 30m; at most what ownership.yml allows');

/** A command that changes what one lock says. */
const change = (verb: LockVerb, configure: (command: Command) => Command): CommandDefinition =>
  defineCommand({
    configure: (command) => dryRun(offline(agent(configure(named(command))))),
    run: (host, [name = ''], options) => runLock(host, optionsOf(verb, name, options)),
    terminal: renderLock,
  });

const acquire = change('acquire', (command) =>
  terms(command)
    .option('--wait [duration]', 'wait until the lock is free; 10m when no time is given')
    .option('--steal', "take over another's lease that has ended")
    .addHelpText('after', ACQUIRE),
);

const renew = change('renew', (command) => terms(command).addHelpText('after', RENEW));

const release = change('release', (command) => command.addHelpText('after', RELEASE));

const reset = defineCommand({
  configure: (command) => dryRun(offline(named(command))).addHelpText('after', RESET),
  run: (host, [name = ''], options) =>
    runLockReset(host, {
      name,
      offline: options['offline'] === true,
      dryRun: options['dryRun'] === true,
    }),
  terminal: renderLock,
});

const list = defineCommand({
  configure: (command) => offline(command).addHelpText('after', LIST),
  run: (host, _args, options) => runLockList(host, { offline: options['offline'] === true }),
  terminal: renderLock,
});

const optionsOf = (
  verb: LockVerb,
  name: string,
  options: Record<string, unknown>,
): LockOptions => ({
  verb,
  name,
  reason: options['reason'] as string | undefined,
  ttl: options['ttl'] as string | undefined,
  wait: options['wait'] as string | true | undefined,
  agent: options['agent'] as string | undefined,
  steal: options['steal'] === true,
  dryRun: options['dryRun'] === true,
  offline: options['offline'] === true,
});

const group: CommandGroup = {
  commands: [
    { name: 'acquire', summary: 'take the lock of a shared part', definition: acquire },
    { name: 'renew', summary: 'make the lease last its full time from now', definition: renew },
    { name: 'release', summary: 'give the lock back', definition: release },
    {
      name: 'reset',
      summary: 'make a lock that cannot be read what it last said',
      definition: reset,
    },
    {
      name: 'list',
      summary: 'every lock: who holds it, since when, until when, why',
      definition: list,
    },
  ],
};

export default group;
