/**
 * Writes the commands in a finished text as they can be typed here: where bailiwick is not on the
 * PATH, `run bailiwick lint` becomes `run npx bailiwick lint`. Commands stand indented on a line of
 * their own, after `run` or after `&&`; see `domain/finding.ts` on hints.
 */
export const withProgram = (text: string, program: string): string =>
  program === 'bailiwick'
    ? text
    : text.replace(
        /(^ {2,}|\brun |&& )bailiwick (?=[a-z])/gm,
        (_whole, before: string) => `${before}${program} `,
      );
