import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { isOnServer, runHook } from '../commands/hook.ts';
import { failureFrom } from '../domain/failure.ts';
import { DEBUG_HINT, debugTrace } from '../host/debug-trace.ts';
import { type Host, makeHost } from '../host/host.ts';
import { writeNow } from '../host/process/write-now.ts';
import { programName } from '../host/program.ts';
import { runEntry } from '../host/run-entry.ts';
import { exitCodeOf } from '../render/exit.ts';
import { renderFailure } from '../render/failure.ts';
import { renderHook } from '../render/terminal/hook.ts';
import { colorPaint, plainPaint, type View } from '../render/view.ts';

/** Most hooks have nothing to say. */
const NOTHING_YET = (): readonly NodeJS.WriteStream[] => [];

const AHEAD = '--ahead';

/** dist/hook.cjs: the file every installed hook starts with its own name and git's arguments. */
runEntry(async () => {
  const packageDirectory = dirname(dirname(realpathSync(process.argv[1] ?? '')));
  const host = makeHost({ packageDirectory });
  // `hooks/ahead` has asked git already.
  const isAhead = process.argv[2] === AHEAD;
  const [name = '', ...args] = process.argv.slice(isAhead ? 3 : 2);
  try {
    const ahead = isAhead ? await host.input() : null;
    const report = await runHook(host, name, args, ahead);
    writeNow(2, renderHook(report, name, viewOf(host, name)));
    return exitCodeOf(report.verdict);
  } catch (error) {
    // Cannot decide is never a pass, and a Failure brings what helps.
    writeNow(
      2,
      renderFailure(failureFrom(error, debugTrace(host), DEBUG_HINT), viewOf(host, name)),
    );
    return exitCodeOf('undecided');
  }
}, NOTHING_YET);

const viewOf = (host: Host, hook: string): View => ({
  paint: host.terminal.err.color ? colorPaint : plainPaint,
  width: host.terminal.err.width,
  ...(isOnServer(hook) ? ELSEWHERE : here(host)),
});

/** Who reads the answer of a server works in a clone of their own, with a package of their own. */
const ELSEWHERE = { documentation: 'node_modules/bailiwick/docs', program: 'npx bailiwick' };

const here = (host: Host) => ({
  documentation: `${host.packageDirectory}/docs`,
  // Looked for only when a command is named.
  get program() {
    return programName(host);
  },
});
