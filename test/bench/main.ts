import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commitRows } from './commit.ts';
import { decisionRows } from './decision.ts';
import { editRows } from './edit-decision.ts';
import { helpRows } from './help.ts';
import { landRealRows, landRows } from './land.ts';
import { listRows } from './lists.ts';
import { mcpRows } from './mcp.ts';
import type { Row } from './measure.ts';
import { largeOverlapRows, overlapRows } from './overlap.ts';
import { pageRows } from './page.ts';
import { pushRows } from './push.ts';
import { semanticPassRows } from './semantic-pass.ts';
import { semanticsRealRows } from './semantics.ts';
import { statusRows } from './status.ts';
import { strictRows } from './strict.ts';

/**
 * Measures the product against its budgets and prints a table. Ratios of figures from the same run
 * on the same machine: absolute times mean nothing elsewhere. Exit code 1 when a budget is missed.
 *
 * Usage: npm run bench [-- commit ...]
 */
const packageRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const SUITES: Record<string, (directory: string) => Promise<Row[]> | Row[]> = {
  commit: (directory) => commitRows(packageRoot, directory),
  decision: (directory) => decisionRows(packageRoot, directory),
  help: () => helpRows(packageRoot),
  edit: (directory) => editRows(packageRoot, directory),
  land: (directory) => landRows(packageRoot, directory),
  lists: (directory) => listRows(packageRoot, directory),
  mcp: () => mcpRows(packageRoot),
  push: (directory) => pushRows(packageRoot, directory),
  status: (directory) => statusRows(packageRoot, directory),
  strict: (directory) => strictRows(packageRoot, directory),
  page: () => pageRows(),
  overlap: (directory) => overlapRows(packageRoot, directory),
  semantics: (directory) => semanticPassRows(packageRoot, directory),
};

/** Only when asked for by name. */
const LONG_SUITES: typeof SUITES = {
  'land-real': (directory) => landRealRows(packageRoot, directory),
  'semantics-real': (directory) => semanticsRealRows(packageRoot, directory),
  'overlap-large': (directory) => largeOverlapRows(packageRoot, directory),
};

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(SUITES);
let missed = 0;
for (const name of names) {
  const suite = SUITES[name] ?? LONG_SUITES[name];
  if (!suite)
    throw new Error(
      `no suite '${name}'; there are: ${Object.keys({ ...SUITES, ...LONG_SUITES }).join(', ')}`,
    );
  const directory = mkdtempSync(join(tmpdir(), `bailiwick-bench-${name}-`));
  try {
    console.log(`\n${name}`);
    for (const row of await suite(directory)) {
      const verdict = row.kept === null ? '' : row.kept ? 'kept' : 'MISSED';
      if (row.kept === false) missed += 1;
      console.log(
        `  ${row.what.padEnd(64)} ${row.figure.padStart(12)}  ${(row.budget ?? '').padEnd(12)} ${verdict}`,
      );
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
process.exitCode = missed > 0 ? 1 : 0;
