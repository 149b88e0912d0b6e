import type * as workflows from '@actions/workflow-parser';
import type * as actions from '@actions/workflow-parser/actions/action-parser';
import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot, scratchDirectory } from '../../support/repository.ts';

type Parser = typeof workflows & typeof actions;

/**
 * GitHub's own parser of workflows and actions. Bundled before it is loaded: it imports JSON without
 * saying so, which Node 20 refuses.
 */
export async function loadWorkflowParser(): Promise<Parser> {
  const outfile = join(scratchDirectory(), 'parser.mjs');
  await build({
    stdin: {
      contents:
        "export * from '@actions/workflow-parser'; export * from '@actions/workflow-parser/actions/action-parser';",
      resolveDir: packageRoot,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return (await import(pathToFileURL(outfile).href)) as Parser;
}
