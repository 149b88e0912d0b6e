import { writeSync } from 'node:fs';

/** Exit code of what could not be decided; the same as `exitCodeOf('undecided')`. */
const UNDECIDED = 2;

/**
 * Runs an entry of the program with the one handler that nothing escapes: whatever goes wrong at any
 * step, starting included, is one line on standard error and exit code 2, which git takes for a refusal.
 * Until `work` has said its exit code, the code is 2.
 *
 * @param streams what is written to; opening them takes a moment, and who seldom does opens them then
 */
export function runEntry(
  work: () => Promise<number>,
  streams = (): readonly NodeJS.WriteStream[] => [process.stdout, process.stderr],
): void {
  process.exitCode = UNDECIDED;
  // Also what no promise holds: an event that nobody listens to.
  process.on('uncaughtException', end);
  for (const stream of streams()) mayClose(stream);
  Promise.resolve()
    .then(work)
    .then((code) => (process.exitCode = code))
    .catch(end);
}

/** A reader that has seen enough (`| head`) is not an error; one that is gone cannot be told anything. */
export function mayClose(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') end(error);
  });
}

function end(error: unknown): never {
  try {
    if (process.env['BAILIWICK_DEBUG'] && error instanceof Error)
      writeSync(2, `${error.stack ?? ''}\n`);
    writeSync(2, `bailiwick cannot decide: ${inOneLine(error)}\n`);
  } catch {
    // Nobody is there to read it; the exit code says the same.
  }
  process.exit(UNDECIDED);
}

function inOneLine(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  const first = words.split('\n')[0]!.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
  const known = error instanceof Error && error.name === 'Failure';
  return known ? first : `internal error: ${first}`;
}
