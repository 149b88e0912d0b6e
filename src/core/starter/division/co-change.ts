import type { RepoPath } from '../../../domain/path.ts';
import type { Unit } from './units.ts';

/** Units that one commit changed, as indices in ascending order; at least one. */
export interface CoChange {
  readonly units: readonly number[];
  readonly weight: number;
}

/** A commit over more units than this moves or formats things, and says nothing of their kinship. */
const MOST = 60;
/** What the oldest commit counts, the newest being 1. */
const OLDEST = 0.6;

/** What changed together, without files that are in no unit. Commits are newest first. */
export function coChanges(
  units: readonly Unit[],
  commits: readonly { readonly paths: readonly RepoPath[] }[],
): CoChange[] {
  const unitOf = new Map(units.flatMap(({ files }, index) => files.map((file) => [file, index])));
  return commits.flatMap(({ paths }, age) => {
    const changed = new Set(paths.flatMap((path) => unitOf.get(path) ?? []));
    if (changed.size === 0 || changed.size > MOST) return [];
    const weight = 1 - ((1 - OLDEST) * age) / commits.length;
    return { units: [...changed].sort((a, b) => a - b), weight };
  });
}
