import { migrationPlace, type PlaceInStream } from '../../core/migrations/migration-place.ts';
import { type Entry, isOrdinaryFile } from '../../domain/change.ts';
import type { MigrationRegistry } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Level } from '../../git/objects/trees.ts';

/** Both sides of one path, as a branch leaves it. */
export interface ChangedFile {
  readonly path: RepoPath;
  readonly before: Entry | null;
  readonly after: Entry | null;
}

/** A file that stands where migrations stand. */
export interface PlacedFile {
  readonly path: RepoPath;
  /** Null where a branch removes it. */
  readonly oid: Oid | null;
  readonly place: PlaceInStream;
}

/** What may be migrations: on the base where a branch adds some, and of each branch. */
export interface StreamFiles {
  readonly base: readonly PlacedFile[];
  /** In the order of the branches. */
  readonly branches: readonly (readonly PlacedFile[])[];
}

/** One directory of the base; null where there is none. */
export type ReadLevel = (path: string) => Promise<Level | null>;

/** A directory of more is not looked into: no tool is used like that. */
const MOST_FILES = 5000;

/** Finds, by their paths alone, the files of all streams that any of the branches adds to. */
export async function findStreamFiles(
  level: ReadLevel,
  registries: readonly MigrationRegistry[],
  branches: readonly (readonly ChangedFile[])[],
): Promise<StreamFiles> {
  const placed = branches.map((files) =>
    files.flatMap(({ path, after }): PlacedFile[] => {
      const place = migrationPlace(path, registries);
      return place === null
        ? []
        : [{ path, oid: isOrdinaryFile(after) ? after!.oid : null, place }];
    }),
  );
  const streams = new Map(
    placed
      .flat()
      .filter(({ oid }) => oid !== null)
      .map(({ place }) => [`${place.tool} ${place.stream}`, place]),
  );
  const base = await Promise.all(
    [...streams.values()].map(async ({ tool, stream, depth }) => {
      const files = await filesIn(level, stream, depth);
      return files.slice(0, MOST_FILES).flatMap(([path, oid]): PlacedFile[] => {
        const place = migrationPlace(path, registries);
        return place?.tool === tool && place.stream === stream ? [{ path, oid, place }] : [];
      });
    }),
  );
  return { base: base.flat(), branches: placed };
}

/** The contents that tell what the files are. */
export const textsOfStreams = ({ base, branches }: StreamFiles): Oid[] =>
  [...base, ...branches.flat()].flatMap(({ oid, place }) =>
    oid !== null && place.needsText ? oid : [],
  );

async function filesIn(
  level: ReadLevel,
  directory: string,
  depth: 0 | 1,
): Promise<[RepoPath, Oid][]> {
  const found = await Promise.all(
    [...((await level(directory)) ?? [])].map(async ([name, entry]): Promise<[RepoPath, Oid][]> => {
      const path = (directory === '' ? name : `${directory}/${name}`) as RepoPath;
      if (isOrdinaryFile(entry)) return [[path, entry.oid]];
      return depth > 0 && entry.mode === '040000' ? filesIn(level, path, 0) : [];
    }),
  );
  return found.flat();
}
