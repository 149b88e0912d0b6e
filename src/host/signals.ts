import { Failure } from '../domain/failure.ts';

/** The signals that ask a program to end: a closing terminal, Ctrl-C, `kill`. */
export type EndingSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM';

const SIGNALS: readonly EndingSignal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

// All that happens on a signal is in these three lists, so that no two handlers can race.
const atWork = new Set<AbortController>();
const ends = new Set<() => void>();
const ordinary = new Set<EndingSignal>();
let asked: EndingSignal | null = null;
let listening = false;

/**
 * Runs `work` with a signal that fires when the program is asked to end, so that it can take back what
 * it has begun. When the program is done, it removes what `atEnd` names and dies by the signal, so
 * that a script that started it stops as well. Asked twice, it does so at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  listen();
  const controller = new AbortController();
  if (asked !== null) controller.abort(endedBy(asked));
  atWork.add(controller);
  try {
    return await work(controller.signal);
  } finally {
    atWork.delete(controller);
  }
}

/**
 * Has something done when the program ends, in whatever way but SIGKILL; the last that was named comes
 * first.
 *
 * @param work must not wait for anything
 * @returns what takes it off the list
 */
export function atEnd(work: () => void): () => void {
  listen();
  ends.add(work);
  return () => void ends.delete(work);
}

/** For a program that runs until this signal: its exit code is 0 then. */
export function endsWellBy(signal: EndingSignal): void {
  listen();
  ordinary.add(signal);
}

function listen(): void {
  if (listening) return;
  listening = true;
  process.on('exit', () => {
    cleanUp();
    if (asked !== null) dieBy(asked);
  });
  for (const signal of SIGNALS) process.on(signal, handle);
}

function handle(signal: EndingSignal): void {
  if (asked === null && ordinary.has(signal)) process.exit(0);
  const first = asked === null;
  asked ??= signal;
  if (first && atWork.size > 0) for (const controller of atWork) controller.abort(endedBy(signal));
  else {
    cleanUp();
    dieBy(asked);
  }
}

/** As if nobody had listened: whoever waits for this program sees which signal it was. */
function dieBy(signal: EndingSignal): void {
  for (const each of SIGNALS) process.off(each, handle);
  process.kill(process.pid, signal);
}

function cleanUp(): void {
  for (const work of [...ends].reverse()) work();
  ends.clear();
}

const endedBy = (signal: EndingSignal): Failure => new Failure('io', `ended by ${signal}`);
