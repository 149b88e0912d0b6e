import type { WatchedDirectory } from '../host/change-watch.ts';
import type { Host } from '../host/host.ts';
import { watchedPlaces } from '../services/layout/watched-places.ts';
import { openWorkspace } from '../services/session/workspace.ts';

/** Where to look for the next change of what `status` and `page` show. */
export async function runWatchedPlaces(host: Host): Promise<WatchedDirectory[]> {
  return watchedPlaces(host, (await openWorkspace(host)).location.commonDirectory);
}
