import * as v from 'valibot';
import { err, ok, type Result } from '../../domain/result.ts';

/** A task of a list, as it stands there. `names`: labels, or the column `agent`: one may name an agent. */
export interface ListedTask {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly hours?: string;
  readonly paths?: readonly string[];
  readonly after?: readonly string[];
}

/** More than this is not a list that somebody has looked through. */
export const MOST_LISTED = 1000;

/**
 * Reads a list of tasks: what `gh issue list --json number,title,labels` prints, or CSV (RFC 4180) with
 * the columns `id` and `title`, and if wanted `agent`, `hours`, `paths` and `after`, the last two
 * separated by spaces.
 *
 * @returns the reason where it is neither
 */
export function readTaskList(text: string): Result<readonly ListedTask[], string> {
  const trimmed = text.replace(/^\ufeff/, '').trimStart();
  const read = trimmed.startsWith('[') ? readIssues(trimmed) : readColumns(trimmed);
  if (read.ok && read.value.length > MOST_LISTED)
    return err(`it has more than ${MOST_LISTED} tasks`);
  return read;
}

const Issues = v.array(
  v.object({
    number: v.pipe(v.number(), v.integer(), v.minValue(1)),
    title: v.string(),
    labels: v.optional(v.array(v.object({ name: v.string() })), []),
  }),
);

function readIssues(text: string): Result<ListedTask[], string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('it is not JSON');
  }
  const read = v.safeParse(Issues, json);
  if (!read.success) return err('it is not what gh issue list --json number,title,labels prints');
  return ok(
    read.output.map(({ number, title, labels }) => ({
      id: String(number),
      title,
      // `agent:a1` and `a1` both name it.
      names: labels.map(({ name }) => name.replace(/^agent[:/ ]+/i, '')),
    })),
  );
}

function readColumns(text: string): Result<ListedTask[], string> {
  const rows = readCsv(text);
  if (rows === null) return err('a quote is not closed');
  const [head = [], ...rest] = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  const names = head.map((cell) => cell.trim().toLowerCase());
  if (!names.includes('id') || !names.includes('title'))
    return err('its first line does not name the columns id and title');
  return ok(
    rest.map((row) => {
      const cell = (name: string): string => row[names.indexOf(name)]?.trim() ?? '';
      const words = (name: string): string[] => cell(name).split(/\s+/).filter(Boolean);
      return {
        id: cell('id'),
        title: cell('title'),
        names: words('agent'),
        ...(cell('hours') !== '' && { hours: cell('hours') }),
        paths: words('paths'),
        after: words('after'),
      };
    }),
  );
}

/** Rows of RFC 4180: quoted cells may hold commas, line ends, and quotes written twice. Null: not closed. */
export function readCsv(text: string): string[][] | null {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const end = (): void => {
    rows.at(-1)!.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') cell += text[(at += 1)]!;
      else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === ',') end();
    else if (char === '\n') {
      end();
      rows.push([]);
    } else if (char !== '\r' || text[at + 1] !== '\n') cell += char;
  }
  if (quoted) return null;
  end();
  return rows;
}
