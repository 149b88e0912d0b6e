import { runBoundedCommand } from '../../../src/host/command/bounded-command.ts';

/** Runs one command for longer than anybody waits; whoever started it kills it. */
const [directory = '', command = ''] = process.argv.slice(2);
await runBoundedCommand(command, {
  directory,
  environment: process.env,
  timeout: 60_000,
  kept: 1000,
});
