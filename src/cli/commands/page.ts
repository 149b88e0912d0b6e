import type { Command } from 'commander';
import { runPagePlace } from '../../commands/page-place.ts';
import { runPage } from '../../commands/page.ts';
import { Failure } from '../../domain/failure.ts';
import { renderPageAnswer } from '../../render/terminal/page-answer.ts';
import { defineCommand } from '../definition.ts';
import { addFleetOptions, fleetOptions } from '../fleet-options.ts';
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
  slow: (options) => options['serve'] === undefined,
  configure: (command) => addPlace(addFleetOptions(command)).addHelpText('after', EXAMPLES),
  run: async (host, _args, options) => {
    const fleet = fleetOptions(options);
    const { serve, out } = options as { serve?: true | string; out?: string };
    if (serve !== undefined) {
      if (options['json'] === true)
        throw new Failure('usage', '--serve serves a page, and prints no JSON', [
          'To read it with a program, run bailiwick page --json',
        ]);
      return servePage(host, fleet, serve === true ? 0 : Number(serve));
    }
    const report = await runPage(host, fleet);
    const written = writePage(host, report, out ?? (await runPagePlace(host)));
    return { ...report, data: { ...report.data, written } };
  },
  terminal: renderPageAnswer,
});

const addPlace = (command: Command): Command =>
  command
    .addOption(
      command
        .createOption('--out <file>', 'the file to write; one that is such a page is replaced')
        .conflicts('serve'),
    )
    .addOption(
      command
        .createOption(
          '--serve [port]',
          'serve it to this machine until the terminal ends it, and follow what changes',
        )
        .argParser(parsePort),
    );

function parsePort(text: string): string {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) < 65536) return text;
  throw new InvalidPort('A port from 1 to 65535 is needed.');
}

/** commander knows it by its code; its own class would bring all of commander along once more. */
class InvalidPort extends Error {
  readonly code = 'commander.invalidArgument';
}
