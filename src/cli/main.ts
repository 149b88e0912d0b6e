import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { runEntry } from '../host/run-entry.ts';
import { runProgram } from './program.ts';

/** dist/cli.js, wherever a package manager linked it from. */
runEntry(() =>
  runProgram(process.argv.slice(2), dirname(dirname(realpathSync(process.argv[1] ?? '')))),
);
