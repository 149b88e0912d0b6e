import { execFileSync } from 'node:child_process';
import { cliDocs } from './cli-docs.ts';
import { root, writeGenerated } from './write-generated.ts';

// `docs/cli.md`: the help of the built program. To build it first, run
// node --import ./scripts/ts-node.mjs scripts/build.ts
writeGenerated(
  'docs/cli.md',
  cliDocs((words) =>
    execFileSync(process.execPath, [`${root}/dist/cli.js`, ...words, '--help'], {
      encoding: 'utf8',
      // Nothing of this terminal: no colour, 80 columns.
      env: { PATH: process.env['PATH'], NO_COLOR: '1', COLUMNS: '80' },
    }),
  ),
);
