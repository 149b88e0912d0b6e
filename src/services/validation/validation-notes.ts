import { formatDuration } from '../../domain/text/duration.ts';
import { replaceMisleading } from '../../domain/text/misleading.ts';
import type { ValidationEvent } from '../../domain/validation.ts';
import type { Host } from '../../host/host.ts';

const harmless = (text: string): string => replaceMisleading(text, () => ' ');

/**
 * Tells people on standard error what runs: on a terminal one line that is drawn anew, with the last
 * line of output, and everywhere one note when a command has ended.
 *
 * @param title whose commands they are
 */
export function validationNotes(host: Host, title: string): (event: ValidationEvent) => void {
  const { isTerminal, width } = host.terminal.err;
  let running = '';
  const show = (words: string): void =>
    host.progress(harmless(`${title}: ${words}`).slice(0, width - 1), 0, 0);
  return (event) => {
    if (event.kind === 'begin') {
      running = event.text;
      if (isTerminal) show(running);
    } else if (event.kind === 'line') {
      if (isTerminal) show(`${running}: ${event.line.trim()}`);
    } else {
      const { text, reason, milliseconds } = event.run;
      const words = `${title}: ${text}: ${reason ?? 'passed'} after ${formatDuration(milliseconds)}`;
      host.note(harmless(words));
    }
  };
}
