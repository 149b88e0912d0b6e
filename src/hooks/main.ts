import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { runHook } from '../commands/hook.ts';
import { failureFrom } from '../domain/failure.ts';
import { DEBUG_HINT, debugTrace } from '../host/debug-trace.ts';
import { makeHost } from '../host/host.ts';
import { programName } from '../host/program.ts';
import { exitCodeOf } from '../render/exit.ts';
import { renderFailure } from '../render/failure.ts';
import { renderHook } from '../render/terminal/hook.ts';
import { colorPaint, plainPaint, type View } from '../render/view.ts';

// dist/hook.cjs: the file every installed hook starts with its own name and git's arguments.
const packageDirectory = dirname(dirname(realpathSync(process.argv[1] ?? '')));
const host = makeHost({ packageDirectory });
const view: View = {
  paint: host.terminal.err.color ? colorPaint : plainPaint,
  width: host.terminal.err.width,
  documentation: `${packageDirectory}/docs`,
  // Looked for only when a command is named.
  get program() {
    return programName(host);
  },
};

function say(text: string): void {
  if (text !== '') process.stderr.write(text);
}

/** Cannot decide is never a pass: whatever goes wrong ends with 2, and git refuses. */
function undecided(error: unknown): void {
  say(renderFailure(failureFrom(error, debugTrace(host), DEBUG_HINT), view));
  process.exitCode = exitCodeOf('undecided');
}

process.exitCode = exitCodeOf('undecided');
process.on('uncaughtException', (error) => {
  undecided(error);
  process.exit();
});
const name = process.argv[2] ?? '';
runHook(host, name).then((report) => {
  say(renderHook(report, name, view));
  process.exitCode = exitCodeOf(report.verdict);
}, undecided);
