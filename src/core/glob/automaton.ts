import { CharSet, type Concatenation, type Element, NFA, type NoParent } from 'refa';
import {
  type CharacterClass,
  GLOBSTAR,
  literalReading,
  type Pattern,
  type Token,
} from './syntax.ts';

/**
 * Globs as finite automata over UTF-16 code units, built from the grammar's own tree and so exact:
 * no regular expression, no look-ahead. Only `lint` loads this and refa with it.
 */

/** The greatest character of every automaton here. */
const MAXIMUM = 0xffff;

type Part = NoParent<Element>;
type Sequence = NoParent<Concatenation>;

/** All paths of one of the patterns, among texts that are paths; see `validPath`. */
export const automatonOf = (patterns: readonly Pattern[]): NFA =>
  NFA.fromRegex(
    patterns.map((pattern) => sequence(...patternParts(pattern))),
    { maxCharacter: MAXIMUM },
  );

/**
 * Every path that git can hold and the guard does not refuse for its name: segments that are not
 * empty, `.` or `..`, no control characters, and surrogates only in pairs.
 */
export const validPath = (): NFA => {
  const pair = [chars([0xd800, 0xdbff]), chars([0xdc00, 0xdfff])];
  const withoutDot: (readonly [number, number])[] = [
    [0x20, 0x2d],
    [0x30, 0x7e],
    [0xa0, 0x2027],
    [0x202a, 0xd7ff],
    [0xe000, MAXIMUM],
  ];
  const unit = choice([chars(...withoutDot, [0x2e, 0x2e])], pair);
  const dotless = choice([chars(...withoutDot)], pair);
  const dot = text('.');
  const segment = choice(
    [dotless, repeat(0, unit)],
    [dot, dotless, repeat(0, unit)],
    [dot, dot, repeat(1, unit)],
  );
  return NFA.fromRegex([sequence(segment, repeat(0, text('/'), segment))], {
    maxCharacter: MAXIMUM,
  });
};

function patternParts(pattern: Pattern): Part[] {
  if (pattern.length === 1 && pattern[0] === GLOBSTAR) return [repeat(1, any())];
  return pattern.flatMap((segment, index) => {
    const last = index === pattern.length - 1;
    const slash = last || isBeforeFinalGlobstar(pattern, index) ? [] : [text('/')];
    if (segment !== GLOBSTAR) return [...segment.map(tokenPart), ...slash];
    // `**/` is any number of directories, none included.
    if (!last) return [optional(repeat(0, any()), text('/'))];
    const below = [text('/'), repeat(0, any())];
    return endsInStar(pattern[index - 1]) ? below : [optional(...below)];
  });
}

/** The segment before a final `**`, which brings its own slash. */
const isBeforeFinalGlobstar = (pattern: Pattern, index: number): boolean =>
  index === pattern.length - 2 && pattern.at(-1) === GLOBSTAR;

/** After a `*`, micromatch wants something below: `*` and a slash and `**` do not name a top-level file. */
const endsInStar = (segment: Pattern[number] | undefined): boolean =>
  segment !== undefined && segment !== GLOBSTAR && segment.at(-1)?.kind === 'many';

function tokenPart(token: Token): Part {
  switch (token.kind) {
    case 'text':
      return text(token.text);
    case 'one':
      return notSlash();
    case 'many':
      return repeat(0, notSlash());
    case 'class': {
      const literal = literalReading(token);
      return literal === null ? classPart(token) : choice([classPart(token)], [text(literal)]);
    }
  }
}

function classPart({ negated, ranges }: CharacterClass): Part {
  const members = charSet(...ranges.map(([first, last]) => [unitOf(first), unitOf(last)] as const));
  const slash = charSet([unitOf('/'), unitOf('/')]);
  return { type: 'CharacterClass', characters: negated ? members.union(slash).negate() : members };
}

const charSet = (...ranges: readonly (readonly [number, number])[]): CharSet =>
  CharSet.empty(MAXIMUM).union(ranges.map(([min, max]) => ({ min, max })));

const chars = (...ranges: readonly (readonly [number, number])[]): Part => ({
  type: 'CharacterClass',
  characters: charSet(...ranges),
});

const any = (): Part => ({ type: 'CharacterClass', characters: CharSet.all(MAXIMUM) });

const notSlash = (): Part => classPart({ kind: 'class', negated: true, ranges: [] });

const text = (written: string): Part => choice(units(written).map((unit) => chars([unit, unit])));

const sequence = (...elements: Part[]): Sequence => ({ type: 'Concatenation', elements });

const choice = (...alternatives: Part[][]): Part => ({
  type: 'Alternation',
  alternatives: alternatives.map((elements) => sequence(...elements)),
});

const repeat = (min: number, ...elements: Part[]): Part => quantify(min, Infinity, elements);

const optional = (...elements: Part[]): Part => quantify(0, 1, elements);

const quantify = (min: number, max: number, elements: Part[]): Part => ({
  type: 'Quantifier',
  alternatives: [sequence(...elements)],
  lazy: false,
  min,
  max,
});

const unitOf = (character: string): number => character.charCodeAt(0);

const units = (written: string): number[] =>
  Array.from({ length: written.length }, (_, at) => written.charCodeAt(at));
