import type { Command } from 'commander';
import { runLockList } from '../../commands/lock/list.ts';
import { runLockReset } from '../../commands/lock/reset.ts';
import { runLock } from '../../commands/lock.ts';
import {
  LOCK_ACQUIRE_OPTIONS,
  LOCK_LIST_OPTIONS,
  LOCK_RELEASE_OPTIONS,
  LOCK_RENEW_OPTIONS,
  LOCK_RESET_OPTIONS,
} from '../../domain/options/lock-options.ts';
import { renderLock } from '../../render/terminal/lock.ts';
import { type CommandGroup, defineCommand } from '../definition.ts';

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
A lock is free by itself once the changes that were made under it have landed. Before that this asks, or
where nobody can be asked refuses, unless --unlanded is given.

Examples:
  bailiwick lock release common
  bailiwick lock release common --unlanded   somebody else must go first`;

const RESET = `
A lock that can be read stays as it is. One that never said anything is free afterwards.

Example:
  bailiwick lock reset common`;

const LIST = `
Examples:
  bailiwick lock list
  bailiwick lock list --json`;

const named = (command: Command, help: string): Command =>
  command
    .argument('<name>', 'the name of a shared part in ownership.yml')
    .addHelpText('after', help);

const acquire = defineCommand({
  options: LOCK_ACQUIRE_OPTIONS,
  configure: (command) => named(command, ACQUIRE),
  run: (host, [name = ''], options) => runLock(host, { verb: 'acquire', name, ...options }),
  terminal: renderLock,
});

const renew = defineCommand({
  options: LOCK_RENEW_OPTIONS,
  configure: (command) => named(command, RENEW),
  run: (host, [name = ''], options) => runLock(host, { verb: 'renew', name, ...options }),
  terminal: renderLock,
});

const release = defineCommand({
  options: LOCK_RELEASE_OPTIONS,
  configure: (command) => named(command, RELEASE),
  run: (host, [name = ''], options) => runLock(host, { verb: 'release', name, ...options }),
  terminal: renderLock,
});

const reset = defineCommand({
  options: LOCK_RESET_OPTIONS,
  configure: (command) => named(command, RESET),
  run: (host, [name = ''], options) => runLockReset(host, { name, ...options }),
  terminal: renderLock,
});

const list = defineCommand({
  options: LOCK_LIST_OPTIONS,
  configure: (command) => command.addHelpText('after', LIST),
  run: (host, _args, options) => runLockList(host, options),
  terminal: renderLock,
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
