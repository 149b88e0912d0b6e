import { compare } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import { holdTogether } from './hold-together.ts';
import { ecosystemOf, type ManifestKind } from './manifest-kind.ts';
import type { Dependencies } from './parse-manifest.ts';

/** A manifest as some tree holds it. */
export interface Manifest {
  readonly path: RepoPath;
  readonly kind: ManifestKind;
  readonly dependencies: Dependencies;
}

/** A manifest that a branch changes, and what it asked for before. */
export interface ChangedManifest extends Manifest {
  readonly before: Dependencies;
}

/** One dependency whose versions cannot hold together. */
export interface VersionDrift {
  readonly name: string;
  /** What the branch asks for. */
  readonly mine: Asked;
  /** What others ask for, sorted by path; never empty. */
  readonly theirs: readonly Asked[];
}

export interface Asked {
  readonly path: RepoPath;
  readonly specifier: string;
}

/** Dependencies that a branch gives another version, where that cannot hold together with what is asked elsewhere. */
export function versionDrift(
  changed: readonly ChangedManifest[],
  others: readonly Manifest[],
): VersionDrift[] {
  const all = [...others, ...changed];
  return changed.flatMap((manifest) =>
    changesOf(manifest).flatMap(({ name, specifier }): VersionDrift[] => {
      const mine = { path: manifest.path, specifier };
      const theirs = all
        .filter((one) => one.path !== manifest.path && isAlike(one, manifest))
        .flatMap(({ path, kind, dependencies }) =>
          (dependencies.get(name) ?? [])
            .filter((other) => holdTogether(ecosystemOf(kind), specifier, other) === false)
            .map((other) => ({ path, specifier: other })),
        )
        .sort((x, y) => compare(x.path, y.path));
      return theirs.length === 0 ? [] : [{ name, mine, theirs }];
    }),
  );
}

/** Dependencies that two branches add, or change, to other specifiers. Each branch is compared as it leaves them. */
export function driftBetween(
  a: readonly ChangedManifest[],
  b: readonly ChangedManifest[],
): VersionDrift[] {
  return a.flatMap((mine) =>
    changesOf(mine).flatMap(({ name, specifier }): VersionDrift[] => {
      const theirs = b
        .filter((other) => isAlike(other, mine))
        .flatMap((other) =>
          changesOf(other)
            .filter((one) => one.name === name && one.specifier !== specifier)
            .map((one) => ({ path: other.path, specifier: one.specifier })),
        );
      const isAdded = !mine.before.has(name);
      const apart = theirs.filter(
        (one) =>
          isAdded || holdTogether(ecosystemOf(mine.kind), specifier, one.specifier) === false,
      );
      return apart.length === 0
        ? []
        : [{ name, mine: { path: mine.path, specifier }, theirs: apart }];
    }),
  );
}

const isAlike = (one: Manifest, other: Manifest): boolean =>
  ecosystemOf(one.kind) === ecosystemOf(other.kind);

/** What a manifest asks for now and did not before. */
const changesOf = ({
  before,
  dependencies,
}: ChangedManifest): { readonly name: string; readonly specifier: string }[] =>
  [...dependencies].flatMap(([name, specifiers]) =>
    specifiers
      .filter((specifier) => before.get(name)?.includes(specifier) !== true)
      .map((specifier) => ({ name, specifier })),
  );
