import { parseMigration, type ParsedMigration } from '../../core/migrations/parse-migration.ts';
import type { Migration, StreamChange } from '../../domain/migration.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { PlacedFile, StreamFiles } from './stream-files.ts';

/** The text of a file; null where it is not here, or is larger than what people read. */
export type ReadText = (oid: Oid) => Promise<string | null>;

/** The migrations that the base has where branches add some, and what each branch does to them. */
export interface MigrationStreams {
  readonly base: readonly Migration[];
  /** In the order of the branches; null where a branch adds none. */
  readonly changes: readonly (StreamChange | null)[];
  /** What branches add and nobody can read, by the index of the branch: it is compared with nothing. */
  readonly unread: readonly (readonly [branch: number, path: RepoPath])[];
}

/** Reads what the files of streams say. What cannot be read of the base was there before, and stays out of it. */
export async function readStreams(
  { base, branches }: StreamFiles,
  text: ReadText,
): Promise<MigrationStreams> {
  const unread: [number, RepoPath][] = [];
  const changes = await Promise.all(
    branches.map(async (files, at): Promise<StreamChange | null> => {
      const parsed = await Promise.all(files.map((file) => parse(file, text)));
      for (const [index, one] of parsed.entries())
        if (one === 'unreadable') unread.push([at, files[index]!.path]);
      const added = parsed.filter((one) => typeof one !== 'string');
      return added.length === 0 ? null : { added, removed: files.map(({ path }) => path) };
    }),
  );
  const here = changes.every((change) => change === null)
    ? []
    : await Promise.all(base.map((file) => parse(file, text)));
  return { base: here.filter((one) => typeof one !== 'string'), changes, unread };
}

const parse = async ({ path, oid, place }: PlacedFile, text: ReadText): Promise<ParsedMigration> =>
  oid === null ? 'other' : parseMigration(path, place, place.needsText ? await text(oid) : null);
