import { join } from 'node:path';
import type { Host } from '../host/host.ts';
import { openWorkspace } from '../services/session/workspace.ts';

/** Where a page is kept when nobody says where: beside git's own files, so that no commit takes it along. */
export async function runPagePlace(host: Host): Promise<string> {
  return join((await openWorkspace(host)).location.commonDirectory, 'bailiwick', 'page.html');
}
