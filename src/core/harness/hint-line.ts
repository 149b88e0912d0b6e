import type { Hint } from '../../domain/hint.ts';

/** A hint on one line, its command as it can be typed where the session stands. */
export function hintLine({ aim, command }: Hint, program: string): string {
  if (command === null) return `To ${aim}`;
  const typed = command.replace(
    /(^|&& |\| )bailiwick(?= [a-z-])/g,
    (_all, before: string) => before + program,
  );
  return `To ${aim}, run ${typed}`;
}
