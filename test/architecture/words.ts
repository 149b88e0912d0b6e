/** The words of a name in any case, folded: plurals and verb forms count as one. */
export const wordsOf = (name: string): string[] =>
  (name.replace(/GitHub/g, 'Github').match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) =>
    stem(word.toLowerCase()),
  );

function stem(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|us|x)es$/.test(word)) return word.slice(0, -2);
  return word.length > 2 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word)
    ? word.slice(0, -1)
    : word;
}

/** True for one word, also where one of them is a longer form: `exclusive` and `exclusively`. */
export const sameWord = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) >= 5 && (a.startsWith(b) || b.startsWith(a)));
