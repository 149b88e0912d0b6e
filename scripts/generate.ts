import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { actionBundleTargets } from './generate/action-bundle.ts';
import { actionDocsTargets } from './generate/action-docs.ts';
import { cliDocsTargets } from './generate/cli-docs.ts';
import { ownershipSchemaTargets } from './generate/ownership-schema.ts';
import { reportSchemaTargets } from './generate/report-schema.ts';
import { staleTargets } from './generate/stale-targets.ts';
import { root } from './generate/target.ts';

/**
 * Renews everything that is made from the source, or with `--check` says what is stale and ends with
 * 1. Needs a fresh build.
 */
const targets = [
  ...(await actionBundleTargets()),
  ...actionDocsTargets(),
  ...cliDocsTargets(),
  ...ownershipSchemaTargets(),
  ...reportSchemaTargets(),
];
const check = process.argv.includes('--check');
for (const { path, content } of staleTargets(targets, root)) {
  const file = `${root}/${path}`;
  if (check) {
    process.stderr.write(`${path} is stale. To make it anew, run npm run generate\n`);
    process.exitCode = 1;
    continue;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
