import { Failure } from '../domain/failure.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `work` with a signal that fires when the program is asked to end, so that it can take back what
 * it has begun. Asked twice, the program ends at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const handlers = SIGNALS.map((name, index) => {
    const handle = (): void => {
      // 128 and the signal's number, as shells have it: 2, 15, 1.
      if (controller.signal.aborted) process.exit(128 + [2, 15, 1][index]!);
      controller.abort(new Failure('io', `ended by ${name}`));
    };
    process.on(name, handle);
    return { name, handle };
  });
  try {
    return await work(controller.signal);
  } finally {
    for (const { name, handle } of handlers) process.off(name, handle);
  }
}
