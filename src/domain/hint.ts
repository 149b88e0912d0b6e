/**
 * What helps. Data, so that nothing has to read our own English again: renderers word it, name the
 * program as this reader starts it, and set the command apart so that it can be copied.
 */
export interface Hint {
  /** What it leads to, after `To`: `take the lock`; without a command, with how: `name the base, add --base <ref>`. */
  readonly aim: string;
  /** The one command that does it, with the program called `bailiwick`; null where no command does. */
  readonly command: string | null;
}

/** `hintTo('take the lock', 'bailiwick lock acquire common')`. */
export const hintTo = (aim: string, command: string | null = null): Hint => ({ aim, command });

/** True for hints that say the same. */
export const sameHint = (a: Hint | null | undefined, b: Hint | null | undefined): boolean =>
  a === b || (!!a && !!b && a.aim === b.aim && a.command === b.command);

/** A hint where there is neither code nor lines: `To take the lock, run bailiwick lock acquire x`. Not escaped. */
export const hintSentence = ({ aim, command }: Hint): string =>
  command === null ? `To ${aim}` : `To ${aim}, run ${command}`;
