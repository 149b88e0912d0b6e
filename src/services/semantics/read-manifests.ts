import { type ManifestKind, manifestKind } from '../../core/versions/manifest-kind.ts';
import { type Dependencies, parseManifest } from '../../core/versions/parse-manifest.ts';
import type { ChangedManifest, Manifest } from '../../core/versions/version-drift.ts';
import { isOrdinaryFile } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { ReadText } from './read-streams.ts';
import type { ChangedFile } from './stream-files.ts';

/** Manifests that were read, and those nobody can read. */
export interface ReadManifests<T extends Manifest> {
  readonly manifests: readonly T[];
  readonly unread: readonly RepoPath[];
}

interface ManifestFile {
  readonly path: RepoPath;
  readonly kind: ManifestKind;
  readonly before: Oid | null;
  readonly after: Oid;
}

const NONE: Dependencies = new Map();

/** The manifests that a branch changes or adds. */
export async function changedManifests(
  changes: readonly ChangedFile[],
  text: ReadText,
): Promise<ReadManifests<ChangedManifest>> {
  const files = manifestFiles(changes);
  const read = await Promise.all(
    files.map(async ({ path, kind, before, after }): Promise<ChangedManifest | null> => {
      const dependencies = await readOne(kind, after, text);
      if (dependencies === null) return null;
      // Of what nobody could read before, everything is new.
      const was = before === null ? NONE : ((await readOne(kind, before, text)) ?? NONE);
      return { path, kind, dependencies, before: was };
    }),
  );
  return {
    manifests: read.filter((one) => one !== null),
    unread: files.flatMap(({ path }, at) => (read[at] === null ? path : [])),
  };
}

/** The manifests of a tree. */
export async function manifestsAt(
  files: readonly (readonly [path: RepoPath, oid: Oid])[],
  text: ReadText,
): Promise<ReadManifests<Manifest>> {
  const added = files.map(([path, oid]) => ({
    path,
    before: null,
    after: { mode: '100644' as const, oid },
  }));
  return changedManifests(added, text);
}

/** The contents that have to be read. */
export const textsOfManifests = (changes: readonly ChangedFile[]): Oid[] =>
  manifestFiles(changes).flatMap(({ before, after }) =>
    before === null ? after : [before, after],
  );

const manifestFiles = (changes: readonly ChangedFile[]): ManifestFile[] =>
  changes.flatMap(({ path, before, after }): ManifestFile[] => {
    const kind = manifestKind(path);
    if (kind === null || !isOrdinaryFile(after)) return [];
    return [{ path, kind, before: isOrdinaryFile(before) ? before!.oid : null, after: after!.oid }];
  });

async function readOne(kind: ManifestKind, oid: Oid, text: ReadText): Promise<Dependencies | null> {
  const content = await text(oid);
  return content === null ? null : parseManifest(kind, content);
}
