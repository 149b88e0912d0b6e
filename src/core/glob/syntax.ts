/**
 * A glob, understood. Braces are gone: there is one pattern for each way to choose from them, so a
 * path has the glob's form as soon as it has the form of one pattern.
 */
export interface GlobSyntax {
  /** As written, NFC. */
  readonly text: string;
  /** Never empty. */
  readonly patterns: readonly Pattern[];
}

/** The segments between slashes; never empty. */
export type Pattern = readonly Segment[];

/** `**`, any number of segments, or the form of one segment; never without tokens. */
export type Segment = typeof GLOBSTAR | readonly Token[];

export const GLOBSTAR = '**';

/** Part of one segment. No token matches a slash. */
export type Token =
  /** Exactly this text; escapes are resolved. */
  | { readonly kind: 'text'; readonly text: string }
  /** `?`: one UTF-16 code unit. */
  | { readonly kind: 'one' }
  /** `*`: any number of code units. */
  | { readonly kind: 'many' }
  | CharacterClass;

/** `[a-z_]`: one code unit of the set, or one outside it. */
export interface CharacterClass {
  readonly kind: 'class';
  readonly negated: boolean;
  /** First and last of each range; the same character twice for a single one. */
  readonly ranges: readonly (readonly [string, string])[];
}

/**
 * The text a class also matches: `[id]` names `i`, `d` and the directory `[id]`. This is
 * micromatch's answer wherever a class holds nothing that is special in a regular expression.
 */
export function literalReading(token: CharacterClass): string | null {
  const members = classMembers(token);
  return token.negated || /[-*+?.^${}(|)[\]]/.test(members) ? null : `[${members}]`;
}

/** What stands between the brackets. */
export const classMembers = ({ ranges }: CharacterClass): string =>
  ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join('');

/** Bounds that keep every match and every proof fast; each is measured in `docs/ownership.md`. */
export const GLOB_LIMITS = {
  /** UTF-16 code units of the whole glob. */
  length: 256,
  /** `*` in one segment. */
  starsInSegment: 2,
  /** `**` in one pattern. */
  globstars: 3,
  /** Choices in one pair of braces. */
  alternatives: 16,
  /** Patterns all braces together stand for. */
  expansions: 64,
} as const;
