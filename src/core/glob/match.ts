import {
  type CharacterClass,
  GLOBSTAR,
  literalReading,
  type Pattern,
  type Token,
} from './syntax.ts';

/** How many comparisons this program has made; tests keep a bound on it. */
let steps = 0;
export const matchStepsTaken = (): number => steps;

/** Stands for any number of what is compared: segments of a path, units of a name. */
const MANY = GLOBSTAR;

/** Any number of segments, or what one segment must be. */
type Part = typeof MANY | ((name: string) => boolean);

/** One UTF-16 code unit of a name, null for any. */
type Unit = CharacterClass | number | null;

/**
 * Tells whether a path, given as its segments, has the form of a pattern: what micromatch says, in a
 * time that is at most the length of the path times that of the pattern. A regular expression goes back
 * for every `*` and `**` it has met, and one glob takes seconds on one long path; here only the last one
 * is gone back to, which is enough where nothing else can match in more than one way.
 */
export function makePatternMatcher(pattern: Pattern): (segments: readonly string[]) => boolean {
  const parts = pattern.flatMap((segment, index): Part[] => {
    if (segment !== GLOBSTAR) return [segmentMatcher(segment)];
    const before = pattern[index - 1];
    // After a `*`, micromatch wants something below: `*` and `**` do not name a top-level file.
    const wantsMore = before !== undefined && before !== GLOBSTAR && before.at(-1)?.kind === 'many';
    return index === pattern.length - 1 && wantsMore ? [() => true, MANY] : [MANY];
  });
  return (segments) => matchInOrder(parts, segments, (part, name) => part(name));
}

/**
 * Whether all of `have` is what `wanted` asks for, one by one.
 * Source: the usual wildcard search, as in Krauss, "Matching Wildcards" (2008).
 */
function matchInOrder<Wanted extends Unit | ((name: string) => boolean), Have>(
  wanted: readonly (Wanted | typeof MANY)[],
  have: ArrayLike<Have>,
  matches: (wanted: Wanted, have: Have) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (next < have.length) {
    steps += 1;
    const one = wanted[at];
    if (one === MANY) {
      star = at;
      resume = next;
      at += 1;
    } else if (one !== undefined && matches(one, have[next]!)) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      resume += 1;
      next = resume;
      at = star + 1;
    } else return false;
  }
  while (wanted[at] === MANY) at += 1;
  return at === wanted.length;
}

function segmentMatcher(segment: readonly Token[]): (name: string) => boolean {
  const plain = segment.length === 1 && segment[0]!.kind === 'text' ? segment[0]!.text : null;
  if (plain !== null) return (name) => name === plain;
  if (segment.some((token) => token.kind === 'class' && literalReading(token) !== null))
    return (name) => matchBothReadings(segment, name);
  const units = segment.flatMap(unitsOf);
  return (name) => matchInOrder<Unit, string>(units, name, isUnit);
}

function isUnit(wanted: Unit, character: string): boolean {
  if (wanted === null) return true;
  if (typeof wanted === 'number') return wanted === character.charCodeAt(0);
  return wanted.ranges.some(([a, b]) => a <= character && character <= b) !== wanted.negated;
}

function unitsOf(token: Token): (Unit | typeof MANY)[] {
  switch (token.kind) {
    case 'text':
      return Array.from({ length: token.text.length }, (_, at) => token.text.charCodeAt(at));
    case 'one':
      return [null];
    case 'many':
      return [MANY];
    case 'class':
      return [token];
  }
}

/**
 * A segment with classes that also read as a text, which are of two lengths: all ways to read them are
 * followed at once, as the set of places in the name where the rest may begin.
 */
function matchBothReadings(segment: readonly Token[], name: string): boolean {
  let places = new Set([0]);
  for (const token of segment) {
    const next = new Set<number>();
    if (token.kind === 'many') {
      const first = Math.min(...places);
      for (let end = first; end <= name.length; end++) next.add(end);
    } else for (const at of places) for (const end of endsOf(token, name, at)) next.add(end);
    places = next;
    steps += places.size;
  }
  return places.has(name.length);
}

function endsOf(token: Exclude<Token, { kind: 'many' }>, name: string, at: number): number[] {
  const one = at < name.length ? [at + 1] : [];
  switch (token.kind) {
    case 'text':
      return name.startsWith(token.text, at) ? [at + token.text.length] : [];
    case 'one':
      return one;
    case 'class': {
      const literal = literalReading(token);
      const asText = literal !== null && name.startsWith(literal, at) ? [at + literal.length] : [];
      return [...(one.length > 0 && isUnit(token, name[at]!) ? one : []), ...asText];
    }
  }
}
