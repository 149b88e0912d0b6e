import { type Hint, hintTo } from '../../domain/hint.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { expandBraces, type Flat } from './expand.ts';
import { fault, type GlobFault, hopeless } from './fault.ts';
import { scanGlob } from './scan.ts';
import { GLOB_LIMITS, GLOBSTAR, type GlobSyntax, type Pattern, type Token } from './syntax.ts';

/**
 * Reads a glob of the bounded grammar (`docs/ownership.md`, "Globs"), or says why it is none. What
 * passes compiles, matches in bounded time, and means the same to people and to `disjoint.ts`.
 */
export function parseGlob(written: string): Result<GlobSyntax, GlobFault> {
  const text = written.normalize('NFC');
  const wrong = checkText(text);
  if (wrong) return err(wrong);
  const pieces = scanGlob(text);
  if (!pieces.ok) return pieces;
  const expansions = expandBraces(pieces.value);
  if (!expansions.ok) return expansions;
  const patterns: Pattern[] = [];
  for (const expansion of expansions.value) {
    const pattern = readPattern(text, expansion);
    if (!Array.isArray(pattern)) return err(pattern as GlobFault);
    patterns.push(pattern);
  }
  return ok({ text, patterns });
}

/** What is wrong with a glob, and the words that help: a repaired glob where one can be guessed. */
export function explainFault({ message, repair, advice }: GlobFault): {
  readonly message: string;
  readonly hint: Hint;
} {
  const repaired = repair && repairFully(repair.text);
  if (repair && repaired !== null)
    return { message, hint: hintTo(`${repair.purpose}, write ${yamlQuote(repaired)}`) };
  return {
    message,
    hint: advice ?? hintTo('see what a glob can say, read Globs in docs/ownership.md'),
  };
}

/** A single-quoted YAML scalar: no character in it means anything. YAML 1.2.2 §7.3.2. */
export const yamlQuote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Repairs the next fault until there is none; null when one has no repair. */
function repairFully(start: string): string | null {
  let text = start;
  for (let round = 0; round < 100; round++) {
    const result = parseGlob(text);
    if (result.ok) return text;
    if (!result.error.repair) return null;
    text = result.error.repair.text;
  }
  return null;
}

function checkText(text: string): GlobFault | null {
  if (text === '') return fault('is empty', 'name every path', '**');
  if (text.length > GLOB_LIMITS.length)
    return hopeless(
      `is ${text.length} characters long; ${GLOB_LIMITS.length} are allowed`,
      hintTo('name all of these paths, write several globs'),
    );
  const control = /[\x00-\x1f\x7f-\x9f]/.exec(text);
  if (control || !text.isWellFormed())
    return hopeless(
      control ? `has the control character ${codePoint(control[0])}` : 'is not well-formed Unicode',
      hintTo('name paths that have it, write ? in its place'),
    );
  if (text.startsWith('!') && text[1] !== '(')
    return hopeless(
      'starts with `!`',
      hintTo(`leave paths out, list ${yamlQuote(text.slice(1))} under \`except\``),
    );
  return null;
}

const codePoint = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

function readPattern(text: string, flat: readonly Flat[]): Pattern | GlobFault {
  const segments: Token[][] = [[]];
  for (const token of flat) {
    const segment = segments.at(-1)!;
    const last = segment.at(-1);
    if (token.kind === 'slash') segments.push([]);
    else if (token.kind === 'text' && last?.kind === 'text')
      segment[segment.length - 1] = { kind: 'text', text: last.text + token.text };
    else segment.push(token);
  }
  for (const segment of segments) {
    const wrong = checkSegment(text, segment, segments.length);
    if (wrong) return wrong;
  }
  const pattern = segments.map((segment) => (isGlobstar(segment) ? GLOBSTAR : segment));
  return checkGlobstars(text, pattern) ?? pattern;
}

const isGlobstar = (segment: readonly Token[]): boolean =>
  segment.length === 2 && segment.every(({ kind }) => kind === 'many');

function checkSegment(text: string, segment: readonly Token[], count: number): GlobFault | null {
  if (segment.length === 0) return emptySegmentFault(text, count);
  const only = segment.length === 1 && segment[0]!.kind === 'text' ? segment[0]!.text : null;
  if (only === '.')
    return fault(
      'has a `.` segment',
      'name the same paths',
      text.replaceAll(/(^|\/)\.(?:\/|$)/g, '$1'),
    );
  if (only === '..')
    return hopeless(
      'has a `..` segment',
      hintTo("name a path, write it from the repository's top down"),
    );
  if (isGlobstar(segment)) return null;
  const adjacent = segment.some(
    ({ kind }, index) => kind === 'many' && segment[index + 1]?.kind === 'many',
  );
  if (adjacent) return globstarFault(text);
  const stars = segment.filter(({ kind }) => kind === 'many').length;
  if (stars > GLOB_LIMITS.starsInSegment)
    return hopeless(
      `has ${stars} \`*\` in one segment; ${GLOB_LIMITS.starsInSegment} are allowed`,
      hintTo('keep matching fast, use fewer `*`'),
    );
  return null;
}

function emptySegmentFault(text: string, count: number): GlobFault {
  if (count === 1) return fault('is empty for one choice in braces', 'name every path', '**');
  if (text.startsWith('/'))
    return fault('starts with a slash', 'name the same paths', text.slice(1));
  if (text.endsWith('/'))
    return fault('ends in a slash', 'name everything in the directory', `${text}**`);
  if (text.includes('//'))
    return fault('has two slashes in a row', 'name the same paths', text.replaceAll(/\/+/g, '/'));
  return hopeless(
    'has an empty segment for one choice in braces',
    hintTo('name all of these paths, write several globs'),
  );
}

function globstarFault(text: string): GlobFault {
  if (text.includes('***'))
    return fault(
      'has more than two `*` in a row',
      'go any number of directories down',
      text.replaceAll(/\*{3,}/g, '**'),
    );
  return fault(
    'has a `**` that is only part of a segment',
    'name such files at any depth',
    text.replaceAll(/([^/{,]?)\*\*([^/},]?)/g, (_, before: string, after: string) =>
      [before && `${before}*/`, '**', after && `/*${after}`].join(''),
    ),
  );
}

function checkGlobstars(text: string, pattern: Pattern): GlobFault | null {
  const globstars = pattern.filter((segment) => segment === GLOBSTAR).length;
  const repeated = pattern.some(
    (segment, index) => segment === GLOBSTAR && pattern[index + 1] === GLOBSTAR,
  );
  if (repeated)
    return fault(
      'has `**` twice in a row, which says the same as once',
      'name the same paths',
      text.replaceAll(/\*\*(?:\/\*\*)+/g, '**'),
    );
  if (globstars > GLOB_LIMITS.globstars)
    return hopeless(
      `has ${globstars} \`**\`; ${GLOB_LIMITS.globstars} are allowed`,
      hintTo('keep matching fast, use fewer `**`'),
    );
  return null;
}
