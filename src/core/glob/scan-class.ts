import { foldPath } from '../../domain/text/fold.ts';
import { hintTo } from '../../domain/hint.ts';
import { fault, type GlobFault, hopeless, splice } from './fault.ts';
import type { ScanStep } from './step.ts';

type Range = readonly [string, string];

/** The character class that opens at `at`. Only what means the same to everyone is let through. */
export function scanClass(text: string, at: number): ScanStep | GlobFault {
  const close = text.indexOf(']', at + 1);
  const slash = text.indexOf('/', at);
  if (close === -1 || (slash !== -1 && slash < close))
    return fault(
      'opens a `[` that is not closed in its segment',
      'name a path with that character',
      splice(text, at, at, '\\'),
    );
  const written = text.slice(at + 1, close);
  if (written.startsWith('!'))
    return fault(
      'negates a class with `!`',
      'name any character but these',
      splice(text, at + 1, at + 2, '^'),
    );
  const negated = written.startsWith('^');
  const ranges = readRanges(negated ? written.slice(1) : written);
  if (typeof ranges === 'string') return classFault(text, at, ranges);
  return { piece: { kind: 'class', negated, ranges }, next: close + 1 };
}

/** The ranges between the brackets, or what is wrong with them. */
function readRanges(members: string): readonly Range[] | string {
  if (members === '') return 'names no character';
  const ranges: Range[] = [];
  for (let at = 0; at < members.length;) {
    const first = members[at]!;
    const last = members[at + 1] === '-' ? members[at + 2] : first;
    if (last === undefined || first === '-') return 'has a `-` that is not a range';
    if (!isMember(first) || !isMember(last)) return 'holds a character that cannot stand there';
    if (first !== last && !isRange(first, last)) return `has the unclear range ${first}-${last}`;
    ranges.push([first, last]);
    at += members[at + 1] === '-' ? 3 : 1;
  }
  const singles = ranges.filter(([first, last]) => first === last).map(([first]) => first);
  return new Set(singles).size === singles.length ? ranges : 'names a character twice';
}

/** One code unit before and after folding, and nothing that means something else in a class. */
const isMember = (character: string): boolean =>
  !/[[\\^{},\ud800-\udfff]/.test(character) && foldPath(character).length === 1;

/** Ranges mean the same in every collation only among digits or among letters of one case. */
const isRange = (first: string, last: string): boolean =>
  first < last && [/^\d\d$/, /^[a-z]{2}$/, /^[A-Z]{2}$/].some((kind) => kind.test(first + last));

/** The usual cause is a directory whose name has brackets, as Next.js has them: `[...slug]`. */
function classFault(text: string, at: number, what: string): GlobFault {
  if (text.startsWith('[[:', at))
    return hopeless(
      'has a POSIX character class',
      hintTo('name such characters, list them or give ranges: [a-zA-Z0-9]'),
    );
  if (/^has the unclear range/.test(what))
    return hopeless(
      `${what} in a character class`,
      hintTo('give a range, use digits or letters of one case, the lower end first: [a-z]'),
    );
  const segment = /^[^/]*/.exec(text.slice(at))![0];
  const escaped = segment.replaceAll(/\\.|[[\]]/gs, (part) =>
    part.length > 1 ? part : `\\${part}`,
  );
  return fault(
    `has a character class that ${what}`,
    'name a path with brackets',
    splice(text, at, at + segment.length, escaped),
  );
}
