import type { Severity } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { Migration, MigrationCollision } from '../../domain/migration.ts';
import type { RepoPath } from '../../domain/path.ts';
import { shellQuote } from '../../domain/text/quote.ts';

/** A collision in words. */
export interface CollisionWords {
  readonly path: RepoPath;
  readonly message: string;
  readonly severity: Severity;
  readonly hint: Hint;
}

/** Where the file that gives way can be renamed. */
export type RenamePlace =
  | { readonly kind: 'here' }
  | { readonly kind: 'worktree'; readonly directory: string }
  | { readonly kind: 'branch'; readonly branch: string }
  | { readonly kind: 'none' };

/**
 * @param sides who brings which, as people call them: a branch and the base, or two branches
 * @param place where the files of the first can be renamed; `none` for a pair, of which the later one gives way
 */
export function collisionWords(
  collision: MigrationCollision,
  sides: { readonly mine: string; readonly theirs: string; readonly pair: boolean },
  place: RenamePlace = { kind: 'none' },
): CollisionWords {
  const { tool, kind, mine, theirs, follow } = collision;
  const [own, other] = [mine[0]!, theirs[0]];
  const who = sides.pair
    ? `${own.path} of ${sides.mine} and ${other?.path ?? ''} of ${sides.theirs}`
    : `${own.path} and ${other === undefined ? 'what the branch adds besides' : other.path}`;
  const words = {
    number: () =>
      `${who} both have the number ${digitsOf(own)}${theirWords(collision, sides)}: ${outcome(tool)}`,
    title: () =>
      `${who} both are called ${titleOf(own)}${theirWords(collision, sides)}: ${outcome(tool)}`,
    heads: () =>
      follow === null
        ? `${who} are both last${theirWords(collision, sides)}: ${outcome(tool)}`
        : `${who} both follow ${follow}${theirWords(collision, sides)}: ${outcome(tool)}`,
    behind: () =>
      `${own.path} comes below ${other?.path ?? ''}, which ${sides.theirs} has: ${late(tool)}`,
  };
  return {
    path: own.path,
    message: words[kind](),
    severity: kind !== 'behind' ? 'error' : tool === 'prisma' ? 'notice' : 'warning',
    hint: hintFor(collision, sides.pair, place),
  };
}

const theirWords = (
  { theirs }: MigrationCollision,
  sides: { readonly theirs: string; readonly pair: boolean },
): string => (sides.pair || theirs.length === 0 ? '' : ` once it is on ${sides.theirs}`);

const digitsOf = (one: Migration): string => ('digits' in one ? one.digits : one.id);
const titleOf = (one: Migration): string =>
  'title' in one ? (one.title ?? '').replace(/^_/, '') : one.id;

/** What the tool does about it; see the table in `docs/overlap.md`. */
function outcome(tool: MigrationCollision['tool']): string {
  if (tool === 'alembic') return 'alembic upgrade head refuses several heads';
  if (tool === 'django') return 'migrate refuses several leaf nodes';
  if (tool === 'rails') return 'db:migrate refuses duplicates';
  return tool === 'registry' ? 'one number, one migration' : `${tool} refuses duplicates`;
}

function late(tool: MigrationCollision['tool']): string {
  if (tool === 'golang-migrate') return 'where that was applied, this one is left out in silence';
  if (tool === 'prisma') return 'it is applied after what it was written before';
  return `where that was applied, ${tool} refuses this one`;
}

/** Which file to renumber: of a pair, that of the branch which lands later. */
function hintFor(collision: MigrationCollision, pair: boolean, place: RenamePlace): Hint {
  const { tool, kind, mine, theirs, highest } = collision;
  const [own, other] = [mine[0]!, theirs[0]];
  if (kind === 'heads') {
    const after = other === undefined ? null : idOf(other);
    const how =
      tool === 'alembic'
        ? `set down_revision = '${after ?? '<the other>'}' in ${own.path}`
        : `let ${own.path} depend on ${after ?? 'the other'}`;
    return pair
      ? hintTo(`keep one line, let the one that lands later follow the other: ${how}`)
      : hintTo(`keep one line, ${how}`);
  }
  if (kind === 'title') return hintTo(`keep both, give ${own.path} another name`);
  const renamed = highest === null ? [] : mine.flatMap((one) => renumbered(one, highest + 1n));
  const [first] = renamed;
  if (first === undefined) return hintTo(`keep both, give ${own.path} a number above all others`);
  if (pair)
    return hintTo(
      `keep both, renumber the one that lands later, such as ${first.from} to ${first.to}`,
    );
  const command = commandFor(renamed, place);
  return command === null
    ? hintTo(`keep both, rename ${first.from} to ${first.to}`)
    : hintTo('renumber it', command);
}

const idOf = (one: Migration): string => ('id' in one ? one.id : one.path);

interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** The same name with another number of the same width; only where the number is what the name begins with. */
function renumbered(one: Migration, number: bigint): Renaming[] {
  if (!('digits' in one)) return [];
  const { path, digits, tool } = one;
  const parts = path.split('/');
  const at = parts.length - (tool === 'prisma' ? 2 : 1);
  const match = /^(V?)(\d+)(?!\d)/.exec(parts[at]!);
  if (match?.[2] !== digits) return [];
  const next = `${match[1]}${String(number).padStart(digits.length, '0')}`;
  const name = next + parts[at]!.slice(match[0].length);
  // Of Prisma's, the directory is renamed.
  const to = [...parts.slice(0, at), name].join('/');
  return [{ from: parts.slice(0, at + 1).join('/'), to }];
}

/** Moves run one after another, so that `up` and `down` stay together. */
function commandFor(renamed: readonly Renaming[], place: RenamePlace): string | null {
  if (place.kind === 'none' || renamed.length > MOST_MOVES) return null;
  const git =
    place.kind === 'worktree' ? `git -C ${shellQuote(place.directory)} mv --` : 'git mv --';
  const moves = renamed.map(({ from, to }) => `${git} ${shellQuote(from)} ${shellQuote(to)}`);
  const first = place.kind === 'branch' ? [`git switch ${shellQuote(place.branch)}`] : [];
  return [...first, ...moves].join(' && ');
}

const MOST_MOVES = 4;
