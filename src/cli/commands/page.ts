import { runPage, runPagePlace } from '../../commands/page.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { fleetRequest } from '../../domain/options/fleet-request.ts';
import { PAGE_OPTIONS } from '../../domain/options/page-options.ts';
import { renderPageAnswer } from '../../render/terminal/page-answer.ts';
import { defineCommand } from '../definition.ts';
import { servePage } from '../serve-page.ts';
import { writePage } from '../write-page.ts';

const EXAMPLES = `
One file with everything in it: it opens from the file system and asks nobody for anything. Needs no
ownership.yml; without one, the map shows what the branches change and nothing is anybody's.

Examples:
  bailiwick page                           write it beside git's own files, and say where
  bailiwick page --out page.html           write it there
  bailiwick page --serve                   stay, and show it live to this machine only
  bailiwick page --refs 'refs/remotes/origin/**' --out page.html
                                           all pushed branches, as in CI`;

export default defineCommand({
  slow: ({ serve }) => serve === undefined,
  options: PAGE_OPTIONS,
  configure: (command) => command.addHelpText('after', EXAMPLES),
  run: async (host, _args, { out, serve, ...asked }, format) => {
    const fleet = fleetRequest({ ...asked, failOn: undefined });
    if (serve !== undefined) {
      if (format === 'json')
        throw new Failure('usage', '--serve serves a page, and prints no JSON', [
          hintTo('read it with a program', 'bailiwick page --json'),
        ]);
      return servePage(host, fleet, serve === true ? 0 : portOf(serve));
    }
    const report = await runPage(host, fleet);
    const written = writePage(host, report, out ?? (await runPagePlace(host)));
    return { ...report, data: { ...report.data, written } };
  },
  terminal: renderPageAnswer,
});

function portOf(typed: string): number {
  if (/^[1-9]\d{0,4}$/.test(typed) && Number(typed) < 65536) return Number(typed);
  throw new Failure('usage', `--serve ${typed}: a port from 1 to 65535 is needed`, [
    hintTo('let the system choose one', 'bailiwick page --serve'),
  ]);
}
