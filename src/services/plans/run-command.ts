import { Failure } from '../../domain/failure.ts';
import type { Step } from '../../domain/plan.ts';
import { runShell } from '../../host/process/shell.ts';
import type { Undo, Watch } from './undo.ts';

/**
 * Runs a command of the repository's own. What it made is not taken back.
 *
 * @throws Failure `io` when it fails, or was ended.
 */
export async function runCommand(
  { command, directory, environment, log }: Step & { kind: 'run-command' },
  { signal, onLine }: Watch,
): Promise<Undo> {
  const end = await runShell(command, { directory, environment, log, onLine, signal });
  signal?.throwIfAborted();
  if (end.code !== 0) {
    const how = end.signal === null ? `ended with code ${end.code}` : `was ended by ${end.signal}`;
    throw new Failure('io', `${command} ${how}`);
  }
  return () => undefined;
}
