import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeHost } from '../host/host.ts';
import { runEntry } from '../host/run-entry.ts';
import { serveMcp } from './serve-mcp.ts';

/** dist/mcp.cjs: what `bailiwick mcp` starts. */
runEntry(async () => {
  const packageDirectory = dirname(dirname(realpathSync(process.argv[1] ?? '')));
  await serveMcp(makeHost({ packageDirectory }));
  return 0;
});
