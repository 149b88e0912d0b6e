import { runPage } from '../commands/page.ts';
import { runWatchedPlaces } from '../commands/watched-places.ts';
import { Failure } from '../domain/failure.ts';
import type { FleetOptions } from '../domain/options/fleet-options.ts';
import type { PageData } from '../domain/reports/page.ts';
import { ChangeWatch } from '../host/change-watch.ts';
import type { Host } from '../host/host.ts';
import { endWithTerminal } from '../host/page/end-with-terminal.ts';
import { readPageProgram } from '../host/page/page-program.ts';
import { PageServer, type ServedPage } from '../host/page/page-server.ts';
import { pageJson } from '../render/html/page-json.ts';
import { contentPolicy, renderPage } from '../render/html/page.ts';

/** Edits of files move no ref and no index, so it is looked without a cause, too. */
const SLOW = 1000;

/** And never so often that looking takes more than a third of the time. */
const SHARE = 2;

/**
 * Serves the page to this machine until the terminal ends it, anew whenever the repository changes.
 * While nobody looks at it, nothing is done.
 *
 * @param port 0 for any that is free.
 */
export async function servePage(host: Host, options: FleetOptions, port: number): Promise<never> {
  endWithTerminal();
  const program = readPageProgram(host);
  const policy = contentPolicy(program.hashes, true);
  const gather = async (): Promise<{ readonly seen: string; readonly page: ServedPage }> => {
    const report = await runPage(host, options);
    const page = { html: renderPage(report, program, true), json: pageJson(report), policy };
    return { seen: withoutTime(report.data), page };
  };
  const first = await gather();
  let { seen } = first;
  const server = new PageServer(first.page);
  process.stdout.write(`${await server.listen(port)}\n`);
  host.note('Serving to this machine only, until Ctrl-C or the end of this terminal.');
  const changes = new ChangeWatch();
  for (;;) {
    const began = host.now();
    try {
      changes.watch(await runWatchedPlaces(host));
      const newer = await gather();
      if (newer.seen !== seen) server.show(newer.page);
      seen = newer.seen;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      host.note(`not brought up to date: ${error.message}`);
    }
    await changes.next(Math.max(SLOW, SHARE * (host.now() - began)));
    await server.watched();
  }
}

/** All that can be news. */
const withoutTime = (data: PageData): string => JSON.stringify({ ...data, at: 0 });
