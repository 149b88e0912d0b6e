import type { Command } from 'commander';
import { Failure, failureFrom } from '../domain/failure.ts';
import type { Report } from '../domain/report.ts';
import { confirmOnTerminal } from '../host/confirm.ts';
import { DEBUG_HINT, debugTrace } from '../host/debug-trace.ts';
import { type Host, makeHost } from '../host/host.ts';
import { exitCodeOf } from '../render/exit.ts';
import { renderFailure } from '../render/failure.ts';
import { failureReport, renderJson } from '../render/json.ts';
import type { View } from '../render/view.ts';
import type { CommandDefinition, Format } from './definition.ts';
import { makeProgress, type Progress } from './progress.ts';
import { viewOf } from './view-of.ts';

/** Runs one use case and prints its answer: the report on standard output, a failure on standard error. */
export async function answer(
  name: string,
  definition: CommandDefinition,
  command: Command,
  packageDirectory: string,
): Promise<number> {
  const options = command.optsWithGlobals<Record<string, unknown>>();
  const format = options['json'] === true ? 'json' : ((options['format'] as Format) ?? 'terminal');
  const slow =
    typeof definition.slow === 'function' ? definition.slow(options) : definition.slow === true;
  const progress = await makeProgress(slow && format !== 'json');
  const host = hostFor(options['C'] as string | undefined, packageDirectory, progress);
  try {
    const report = await definition.run(host, command.args, { options, format });
    progress.stop();
    const text = render(definition, report, format, viewOf(host, host.terminal.out));
    process.stdout.write(text);
    return definition.exitCode?.(report) ?? exitCodeOf(report.verdict);
  } catch (error) {
    progress.stop();
    const failure = failureFrom(error, debugTrace(host), DEBUG_HINT);
    if (format === 'json') process.stdout.write(renderJson(failureReport(name, failure)));
    else {
      const text = renderFailure(failure, viewOf(host, host.terminal.err));
      process.stderr.write(text);
    }
    return exitCodeOf('undecided');
  }
}

function render(definition: CommandDefinition, report: Report, format: Format, view: View): string {
  switch (format) {
    case 'json':
      return renderJson(report);
    case 'markdown':
      return definition.markdown!(report);
    case 'sarif':
      return definition.sarif!(report);
    case 'terminal':
      return definition.terminal(report, view);
  }
}

function hostFor(
  directory: string | undefined,
  packageDirectory: string,
  progress: Progress,
): Host {
  return makeHost({
    packageDirectory,
    directory,
    note: progress.note,
    progress: progress.update,
    confirm: (question) => {
      progress.pause();
      return confirmOnTerminal(question);
    },
  });
}

/** A command that was typed wrong, as `--json` says it. */
export const renderWrongUsage = (command: string, message: string): string =>
  renderJson(failureReport(command, new Failure('usage', message)));
