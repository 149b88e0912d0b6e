import { hintTo } from '../../domain/hint.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { fault, type GlobFault, hopeless, splice } from './fault.ts';
import { scanClass } from './scan-class.ts';
import type { Piece, ScanStep } from './step.ts';

/** Characters that mean something, and so the only ones a backslash may stand before. */
const ESCAPABLE = /[*?[\]{}()|!,]/;
const PLAIN = /[^\\*?[\]{}()|,/]+/y;

/** Cuts a glob into pieces; what stands in a class, and where a piece may stand, is settled here. */
export function scanGlob(text: string): Result<readonly Piece[], GlobFault> {
  const pieces: Piece[] = [];
  let open: number | null = null;
  for (let at = 0; at < text.length;) {
    const step = scanPiece(text, at, open !== null);
    if ('message' in step) return err(step);
    if (step.piece.kind === 'open') {
      const wrong = checkBraces(text, at);
      if (wrong) return err(wrong);
      open = at;
    }
    if (step.piece.kind === 'close') open = null;
    pieces.push(step.piece);
    at = step.next;
  }
  return ok(pieces);
}

function scanPiece(text: string, at: number, inBraces: boolean): ScanStep | GlobFault {
  const one = (piece: Piece): ScanStep => ({ piece, next: at + 1 });
  switch (text.charAt(at)) {
    case '/':
      return one({ kind: 'slash' });
    case '*':
      return one({ kind: 'many' });
    case '?':
      return one({ kind: 'one' });
    case '\\':
      return scanEscape(text, at);
    case '[':
      return scanClass(text, at);
    case '{':
      return one({ kind: 'open' });
    case ',':
      return one(inBraces ? { kind: 'comma' } : { kind: 'text', text: ',' });
    case '}':
      return inBraces ? one({ kind: 'close' }) : unopened(text, at, '{');
    case ']':
      return unopened(text, at, '[');
    case '(':
    case ')':
    case '|':
      return groupFault(text, at);
    default:
      PLAIN.lastIndex = at;
      PLAIN.test(text);
      return {
        piece: { kind: 'text', text: text.slice(at, PLAIN.lastIndex) },
        next: PLAIN.lastIndex,
      };
  }
}

function scanEscape(text: string, at: number): ScanStep | GlobFault {
  const escaped = text[at + 1];
  if (escaped !== undefined && ESCAPABLE.test(escaped))
    return { piece: { kind: 'text', text: escaped }, next: at + 2 };
  const message = 'has a `\\` before a character that needs none';
  return text.includes('/')
    ? fault(message, 'name the same character', splice(text, at, at + 1, ''))
    : fault(message, 'separate directories as git does', text.replaceAll(/\\+/g, '/'));
}

/** The braces opened at `at`: closed, not nested, and a choice. */
function checkBraces(text: string, at: number): GlobFault | null {
  const inside = /^(?:\\.|[^\\{}])*/s.exec(text.slice(at + 1))![0];
  const end = at + 1 + inside.length;
  if (text[end] === '{')
    return hopeless(
      'has braces inside braces',
      hintTo(
        'name all of these paths, list every choice in one pair of braces or write several globs',
      ),
    );
  if (text[end] !== '}')
    return fault(
      'opens a `{` that is never closed',
      'name a path with a brace',
      splice(text, at, at + 1, '\\{'),
    );
  if (/(?:^|[^\\]),/.test(inside)) return null;
  const range = expandRange(inside);
  if (range !== null)
    return fault('has a range in braces', 'name them all', splice(text, at + 1, end, range));
  if (/^[^\\.]+\.\.[^\\.]+/.test(inside))
    return hopeless('has a range in braces', hintTo('name them all, list them: {a,b,c}'));
  return fault(
    'has braces without a choice',
    'name a path with braces',
    splice(text, at, end + 1, `\\{${inside}\\}`),
  );
}

/** `1..3` as `1,2,3`; null for what is not a short range of numbers or letters. */
function expandRange(inside: string): string | null {
  const match = /^(\d{1,4})\.\.(\d{1,4})$/.exec(inside);
  if (!match) return null;
  const [first, last] = [Number(match[1]), Number(match[2])];
  if (last <= first || last - first > 15) return null;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).join(',');
}

const unopened = (text: string, at: number, opener: string): GlobFault =>
  fault(
    `has a \`${text[at]}\` without a \`${opener}\` before it`,
    'name a path with that character',
    splice(text, at, at, '\\'),
  );

/** Groups of extended globs and regular expressions: choices can be said with braces. */
function groupFault(text: string, at: number): GlobFault {
  const character = text[at]!;
  const choice = /^[@?]?\(([^()\\/]*)\)/.exec(
    text.slice(at > 0 && text[at - 1] === '@' ? at - 1 : at),
  );
  if (character === '(' && choice?.[1]?.includes('|')) {
    const start = text[at - 1] === '@' ? at - 1 : at;
    const braces = `{${choice[1].replaceAll('|', ',')}}`;
    return fault(
      'has a group, which globs here do not have',
      'name one of several',
      splice(text, start, start + choice[0].length, braces),
    );
  }
  if (character === '(' && /[!+*?]/.test(text[at - 1] ?? ''))
    return hopeless(
      `has the extended glob \`${text[at - 1]}(\`, which is not supported`,
      hintTo(
        'leave paths out, list them under `except`; to name one of several, use braces: {a,b}',
      ),
    );
  return fault(
    `has an unescaped \`${character}\``,
    'name a path with that character',
    splice(text, at, at, '\\'),
  );
}
