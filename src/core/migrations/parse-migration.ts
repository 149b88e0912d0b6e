import type { LinkedMigration, Migration, NumberedMigration } from '../../domain/migration.ts';
import type { RepoPath } from '../../domain/path.ts';
import { numberIn } from './number-in.ts';
import type { PlaceInStream } from './migration-place.ts';
import { pythonValue } from './python-value.ts';

/** A migration; `other` for a file that is none after all; `unreadable` where nobody can tell. */
export type ParsedMigration = Migration | 'other' | 'unreadable';

/**
 * Reads one file that stands among migrations.
 *
 * @param text null where it cannot be had; not asked where the place needs none
 */
export function parseMigration(
  path: RepoPath,
  place: PlaceInStream,
  text: string | null,
): ParsedMigration {
  if (place.needsText && text === null) return 'unreadable';
  if (place.tool === 'alembic') return parseAlembic(path, place.stream, text!);
  if (place.tool === 'django') return parseDjango(path, place.stream, text!);
  if (place.tool === 'goose') return isGoose(path, text!) ? numbered(path, place) : 'other';
  return place.tool === 'registry' ? parseRegistry(path, place, text) : numbered(path, place);
}

function parseAlembic(path: RepoPath, stream: string, text: string): ParsedMigration {
  const [revision, down, labels] = (['revision', 'down_revision', 'branch_labels'] as const).map(
    (name) => pythonValue(text, name, 'module'),
  );
  if (revision === undefined || down === undefined) return 'other';
  const id = revision?.strings[0];
  if (id === undefined || !down) return 'unreadable';
  return {
    tool: 'alembic',
    path,
    stream,
    id,
    follows: down.strings,
    perhaps: [],
    replaces: [],
    // Not written as a literal, it is written all the same.
    labelled: labels === null || (labels?.strings.length ?? 0) > 0,
  };
}

function parseDjango(path: RepoPath, stream: string, text: string): ParsedMigration {
  if (!/^class Migration\b/m.test(text)) return 'other';
  const dependencies = pythonValue(text, 'dependencies', 'class');
  const replaced = pythonValue(text, 'replaces', 'class');
  if (dependencies === null || replaced === null) return 'unreadable';
  const pairs = dependencies?.pairs ?? [];
  const label = stream.split('/').at(-2) ?? '';
  const migration: LinkedMigration = {
    tool: 'django',
    path,
    stream,
    id: nameOf(path).replace(/\.py$/, ''),
    follows: pairs.flatMap(([app, name]) => (app === label ? name : [])),
    perhaps: pairs.flatMap(([app, name]) => (app === label ? [] : name)),
    replaces: (replaced?.pairs ?? []).map(([, name]) => name),
    labelled: false,
  };
  return migration;
}

const isGoose = (path: string, text: string): boolean =>
  path.endsWith('.go')
    ? /\bgoose\.AddMigration|\bgoose\.AddNamedMigration/.test(text)
    : /^--[ \t]*\+goose[ \t]+Up\b/im.test(text);

function parseRegistry(path: RepoPath, place: PlaceInStream, text: string | null): ParsedMigration {
  const { registry } = place;
  if (registry === null) return 'other';
  const name = nameOf(path);
  const found =
    registry.within === 'name' ? numberIn(registry.number, name) : inLines(registry.number, text!);
  if (found === null) return 'other';
  const variant = registry.within === 'name' ? endingOf(name) : '';
  return { tool: 'registry', path, stream: place.stream, ...numberOf(found), variant, title: null };
}

function inLines(template: string, text: string): string | null {
  for (const line of text.split('\n', MOST_LINES)) {
    const found = numberIn(template, line.slice(0, LONGEST_LINE));
    if (found !== null) return found;
  }
  return null;
}

const MOST_LINES = 5000;
const LONGEST_LINE = 500;

function numbered(path: RepoPath, { tool, stream }: PlaceInStream): ParsedMigration {
  const name = tool === 'prisma' ? path.split('/').at(-2)! : nameOf(path);
  const kind = tool as NumberedMigration['tool'];
  const file = { tool: kind, path, stream };
  if (tool === 'flyway') {
    const [, version, title = ''] = /^(?:V([\d._]+)|R)__(.+)\.\w+$/.exec(name) ?? [];
    // One that is repeated has no version: its title is its key.
    if (version === undefined) return { ...file, ...REPEATED, title };
    return { ...file, ...numberOf(version), variant: '', title: null };
  }
  const [, digits = '0', rest = ''] = /^V?(\d+)(.*)$/.exec(name) ?? [];
  return {
    ...file,
    ...numberOf(digits),
    variant: tool === 'golang-migrate' ? endingOf(rest) : '',
    title: tool === 'rails' ? rest.replace(/\.rb$/, '') : null,
  };
}

const REPEATED = { number: [], digits: '', variant: 'repeatable' } as const;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What follows the description: `mysql.up.sql` of `V0007.Add_Index.mysql.up.sql`. */
function endingOf(name: string): string {
  const [first = '', second = '', ...rest] = name.split('.');
  // `V0007.Add_Index.up.sql` sets the description apart by a full stop, `0007_add_index.up.sql` does not.
  const parts = first === '' && rest.length > 0 ? rest : [second, ...rest];
  // Of `0007_v1.2_more.up.sql`, `2_more` is of the description: no dialect is called so.
  return parts.slice(parts.findLastIndex((part) => !DIALECT.test(part)) + 1).join('.');
}

const DIALECT = /^[A-Za-z][A-Za-z0-9-]*$/;

const numberOf = (digits: string): Pick<NumberedMigration, 'digits' | 'number'> => ({
  digits,
  // Zeros at the end of a version do not tell it from another: 1.0 is 1.
  number: withoutZeros(digits.split(/[._]/).map((part) => BigInt(part.slice(0, 40) || '0'))),
});

const withoutZeros = (parts: readonly bigint[]): bigint[] => {
  const last = parts.findLastIndex((part) => part !== 0n);
  return parts.slice(0, Math.max(1, last + 1));
};
