import micromatch from 'micromatch';
import { classMembers, GLOBSTAR, type Pattern, type Token } from '../../../src/core/glob/syntax.ts';

/**
 * What the grammar allows means one thing only: `windows` off, because git writes `/` everywhere;
 * `fastpaths` off, because its shortcut for `*.*` wants a character after the dot and the general
 * rule does not; `s`, because a file name may hold a line break.
 */
const OPTIONS: micromatch.Options = {
  debug: true,
  dot: true,
  fastpaths: false,
  noextglob: true,
  nonegate: true,
  strictBrackets: true,
  windows: false,
  // The types say boolean; picomatch hands the value to `new RegExp`.
  flags: 's' as unknown as boolean,
};

/** The answer of micromatch, whose dialect the globs are a part of, for patterns without braces. */
export const micromatchSays = (patterns: readonly Pattern[], path: string): boolean =>
  patterns.some((pattern) => micromatch.makeRe(writePattern(pattern), OPTIONS).test(path));

/** The pattern as micromatch is to read it: whatever it could take for syntax is escaped. */
const writePattern = (pattern: Pattern): string =>
  pattern
    .map((segment) => (segment === GLOBSTAR ? GLOBSTAR : segment.map(writeToken).join('')))
    .join('/');

function writeToken(token: Token): string {
  switch (token.kind) {
    case 'text':
      return token.text.replace(/[*?[\]{}()|!+@",$^]/g, '\\$&');
    case 'one':
      return '?';
    case 'many':
      return '*';
    case 'class':
      return `[${token.negated ? '^' : ''}${classMembers(token)}]`;
  }
}
