import { type ChildProcess, spawn } from 'node:child_process';

/** What is done by another process when this one has been killed in a way that it cannot notice. */
export class LastWill {
  readonly #process: ChildProcess | null;

  /**
   * @param script for `sh`: what to do
   * @param argument what the script finds in `$1`
   */
  constructor(script: string, argument: string) {
    this.#process = process.platform === 'win32' ? null : start(script, argument);
  }

  /** It has been done, or is not to be. */
  dismiss(): void {
    this.#process?.stdin?.write('done\n');
  }
}

function start(script: string, argument: string): ChildProcess {
  // It waits for a word. Where none comes before the end of the input, this process has been killed.
  const child = spawn('sh', ['-c', `read -r word && exit; ${script}`, 'bailiwick', argument], {
    cwd: '/',
    // Not in the group that Ctrl-C and a closing terminal end.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell nothing is done when the program is killed, as with any other program.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  (child.stdin as { unref?(): void }).unref?.();
  return child;
}
