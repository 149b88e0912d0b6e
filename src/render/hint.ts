import type { Hint } from '../domain/hint.ts';
import { escapeMarkdown, escapeText, markdownCode } from './escape.ts';
import type { View } from './view.ts';
import { columns, wrap } from './words.ts';

export { hintSentence } from '../domain/hint.ts';

/**
 * A hint within the view's width: on one line where it fits, else the command on a line of its own,
 * never broken.
 */
export function hintLines(hint: Hint, view: View, indent: string): string[] {
  const text = hintText(hint, view);
  const { aim, command } = shown(hint, view);
  if (command === null || columns(indent + text) <= view.width)
    return wrap(text, view.width, indent);
  return [...wrap(`To ${aim}, run:`, view.width, indent), `${indent}  ${command}`];
}

/** A hint on one line: `To take the lock, run bailiwick lock acquire common`. Escaped. */
export function hintText(hint: Hint, { program }: Pick<View, 'program'>): string {
  const { aim, command } = shown(hint, { program });
  return command === null ? `To ${aim}` : `To ${aim}, run ${command}`;
}

/** A hint in Markdown, its command as code. */
export const hintMarkdown = ({ aim, command }: Hint): string =>
  escapeMarkdown(`To ${aim}`) + (command === null ? '' : `, run ${markdownCode(command)}`);

/** A command as this reader can type it: where bailiwick is not on the PATH, by its longer name. */
export const typedCommand = (command: string, { program }: Pick<View, 'program'>): string =>
  program === 'bailiwick'
    ? command
    : command.replace(
        /(^|&& |\| )bailiwick(?= [a-z-])/g,
        (_all, before: string) => before + program,
      );

const shown = ({ aim, command }: Hint, view: Pick<View, 'program'>): Hint => ({
  aim: escapeText(aim),
  command: command === null ? null : escapeText(typedCommand(command, view)),
});
