const FIELD = '{number}';

/**
 * The digits that stand where a template says, or null. No regular expression of anybody's is run: a blank
 * stands for any number of blanks, everything else for itself.
 */
export function numberIn(template: string, text: string): string | null {
  const [before = '', after = ''] = template.split(FIELD);
  for (let at = 0; at <= text.length; at += 1) {
    const start = matchAt(before, text, at);
    if (start === null) continue;
    const digits = /^\d{1,40}/.exec(text.slice(start, start + 40))?.[0];
    if (digits !== undefined && matchAt(after, text, start + digits.length) !== null) return digits;
  }
  return null;
}

/** The place behind a literal that begins at `at`, or null when it does not stand there. */
function matchAt(literal: string, text: string, at: number): number | null {
  let place = at;
  for (const char of literal) {
    if (char === ' ') {
      while (text[place] === ' ' || text[place] === '\t') place += 1;
      continue;
    }
    if (text[place] !== char) return null;
    place += 1;
  }
  return place;
}
