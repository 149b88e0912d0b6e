import { describeTerminal } from '../host/terminal.ts';

/** Narration on standard error while a command works. */
export interface Progress {
  note(text: string): void;
  /** `phase` may have several lines. */
  update(phase: string, done: number, total: number): void;
  /** Takes it off the screen until there is something new. */
  pause(): void;
  stop(): void;
}

/** A spinner on a terminal, nothing at all elsewhere; notes always reach standard error. */
export async function makeProgress(wanted: boolean): Promise<Progress> {
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  // A terminal that has no size yet would make ora count its lines by dividing by nothing.
  if (!wanted || !process.stderr.isTTY || !process.stderr.columns)
    return { note, update: () => undefined, pause: () => undefined, stop: () => undefined };
  const { default: ora } = await import('ora');
  // Shown only when the work takes longer than anyone would notice.
  const { color } = describeTerminal(
    () => process.stdout,
    () => process.stderr,
    process.env,
  ).err;
  // It colours whatever `NO_COLOR` says.
  const spinner = ora({
    stream: process.stderr,
    discardStdin: false,
    color: color ? 'cyan' : false,
  });
  let timer = setTimeout(() => spinner.start(), 150);
  let paused = false;
  const pause = (): void => {
    paused = true;
    clearTimeout(timer);
    spinner.stop();
  };
  return {
    note: (text) => {
      spinner.clear();
      note(text);
    },
    update: (phase, done, total) => {
      spinner.text = total > 0 ? `${phase} ${done}/${total}` : phase;
      if (paused) timer = setTimeout(() => spinner.start(), 150);
      paused = false;
    },
    pause,
    stop: pause,
  };
}
