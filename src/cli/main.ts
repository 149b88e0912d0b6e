#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { runProgram } from './program.ts';

// dist/cli.js, wherever a package manager linked it from.
const packageDirectory = dirname(dirname(realpathSync(process.argv[1] ?? '')));

// A reader that has seen enough (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void runProgram(process.argv.slice(2), packageDirectory).then((code) => (process.exitCode = code));
