import { foldPath } from '../../domain/text/fold.ts';
import type { Footprint } from '../../domain/footprint.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { CaseHint } from '../../domain/reports/overlap.ts';

interface Added {
  readonly branch: number;
  readonly path: RepoPath;
}

/**
 * Files that two branches add under names that only differ by case or Unicode form. git merges them,
 * and on macOS and Windows only one of the two can be checked out.
 */
export function caseHints(
  refs: readonly string[],
  footprints: readonly (Footprint | null)[],
): CaseHint[] {
  const byFold = new Map<string, Added[]>();
  for (const [branch, footprint] of footprints.entries())
    for (const { path, before } of footprint?.changes ?? []) {
      if (before !== null) continue;
      const fold = foldPath(path);
      byFold.set(fold, [...(byFold.get(fold) ?? []), { branch, path }]);
    }
  const hints = [...byFold.values()].flatMap((added) => clashes(refs, added));
  return hints.sort((x, y) => (sortKey(x) < sortKey(y) ? -1 : 1));
}

function clashes(refs: readonly string[], added: readonly Added[]): CaseHint[] {
  return added.flatMap((a, at) =>
    added.slice(at + 1).flatMap((b): CaseHint[] => {
      if (a.branch === b.branch || a.path === b.path) return [];
      const [first, second] = [refs[a.branch]!, refs[b.branch]!];
      return [
        {
          kind: 'case-only',
          refs: [first, second],
          paths: [a.path, b.path],
          message: `${first} adds ${a.path}, ${second} adds ${b.path}: one file on macOS and Windows`,
        },
      ];
    }),
  );
}

const sortKey = ({ refs, paths }: CaseHint): string => JSON.stringify([refs, paths]);
