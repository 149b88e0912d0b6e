import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Candidate, SharedFile } from './candidates.ts';
import { isNear } from './is-near.ts';

/** Paths with fewer merges than this are not looked at: only enormous files would matter. */
const FEW = 8;

/** A path that many pairs have to be merged over. */
export interface DisputedPath {
  readonly path: RepoPath;
  /** The three contents of each different merge. */
  readonly merges: readonly (readonly Oid[])[];
  /** Indexes of the branches that change it. */
  readonly branches: readonly number[];
}

/** The paths that cost most: one large file that many branches change takes longer than all the rest. */
export function disputedPaths(candidates: readonly Candidate[]): DisputedPath[] {
  const paths = new Map<RepoPath, { merges: Map<string, Oid[]>; branches: Set<number> }>();
  for (const { a, b, shared } of candidates)
    for (const file of shared.filter(isNear)) {
      const of = paths.get(file.path) ?? { merges: new Map(), branches: new Set() };
      paths.set(file.path, of);
      const contents = contentsOf(file);
      of.merges.set(contents.join(' '), contents);
      of.branches.add(a).add(b);
    }
  return [...paths]
    .filter(([, { merges }]) => merges.size >= FEW)
    .map(([path, { merges, branches }]) => ({
      path,
      merges: [...merges.values()],
      branches: [...branches].sort((x, y) => x - y),
    }));
}

/** Bytes that git reads to merge a path for all its pairs. */
export const bytesOf = ({ merges }: DisputedPath, sizeOf: (content: Oid) => number): number =>
  merges.flat().reduce((sum, content) => sum + sizeOf(content), 0);

const contentsOf = ({ a, b }: SharedFile): Oid[] =>
  [a.before, a.after, b.after].flatMap((entry) => entry?.oid ?? []);
