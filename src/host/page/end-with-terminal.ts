/** How often it is looked whether the one who started this is still there, in milliseconds. */
const LOOK = 500;

/**
 * Ends the program when whoever started it is gone: signals come when a terminal closes or Ctrl-C is
 * typed, but not when a shell is killed, nor to a program that was put into the background. Nothing
 * is read from the terminal: in the background that would stop the program.
 */
export function endWithTerminal(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(129);
  }, LOOK).unref();
  for (const [signal, code] of [
    ['SIGINT', 0],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    process.prependListener(signal, () => process.exit(code));
}
