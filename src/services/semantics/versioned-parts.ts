import { languageOfPart } from '../../core/names/language-of.ts';
import type { Ownership, SharedPart } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';

/** A shared part whose version is kept. */
export type VersionedPart = SharedPart & { readonly version: RepoPath };

export const versionedParts = ({ shared }: Pick<Ownership, 'shared'>): VersionedPart[] =>
  shared.filter((part): part is VersionedPart => part.version !== null);

/** Whether what a path holds decides about the version of a part. */
export const isOfPart = (parts: readonly VersionedPart[], path: RepoPath): boolean =>
  parts.some(
    (part) => path === part.version || (isIn(part, path) && languageOfPart(path) !== null),
  );

export const isIn = ({ paths }: SharedPart, path: RepoPath): boolean =>
  paths.some((glob) => glob.matches(path));
