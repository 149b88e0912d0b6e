import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Waits for a word. Without one this program has been killed: then the directory goes, once more after
 * the programs it had started have ended as well.
 */
const SCRIPT = 'read -r word && exit; rm -rf -- "$1"; sleep 2; rm -rf -- "$1"';

/** Sees to it that a directory goes even if this program is killed in a way it cannot notice. */
export class Cleaner {
  readonly #process: ChildProcess | null;

  /** @param directory absolute; need not be there yet. */
  constructor(directory: string) {
    this.#process = process.platform === 'win32' ? null : start(directory);
  }

  /** The directory is gone, or is to stay. */
  dismiss(): void {
    this.#process?.stdin?.write('done\n');
  }
}

function start(directory: string): ChildProcess {
  const child = spawn('sh', ['-c', SCRIPT, 'bailiwick', directory], {
    cwd: '/',
    // Not in the group that Ctrl-C and a closing terminal end.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell the directory stays when the program is killed, as with any other program.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  (child.stdin as { unref?(): void }).unref?.();
  return child;
}
