import { compare } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { LineRange, MergeConflict, OverlapConflict } from '../../domain/reports/overlap.ts';
import { isMechanical } from './mechanical.ts';

const CONTENTS = 'CONFLICT (contents)';
/** Said of a path as well as `CONTENTS`, and instead of it here: there are no lines to look at. */
const WITHOUT_LINES = /^CONFLICT \((?:binary|submodule)/;

/** git appends `~<commit>` (`_<n>`) where two things want one path, and never says the path itself. */
const MOVED_ASIDE = /~(?:[0-9a-f]{40}|[0-9a-f]{64})(?:_\d+)?$/;

/**
 * What git said, sorted, once for each path and kind.
 *
 * @param linesOf where the base's text is disputed, for conflicts in the content of a file.
 */
export function describeConflicts(
  conflicts: readonly MergeConflict[],
  linesOf: (path: RepoPath) => readonly LineRange[],
): OverlapConflict[] {
  const found = new Map<string, OverlapConflict>();
  for (const { kind, paths } of conflicts) {
    const path = (paths[0] ?? '').replace(MOVED_ASIDE, '') as RepoPath;
    const lines = kind === CONTENTS ? linesOf(path) : [];
    found.set(`${path}\0${kind}`, {
      path,
      kind,
      ...(lines.length > 0 && { lines }),
      mechanical: isMechanical(path),
    });
  }
  const all = [...found.values()];
  const withoutLines = new Set(
    all.filter(({ kind }) => WITHOUT_LINES.test(kind)).map(({ path }) => path),
  );
  return all
    .filter(({ path, kind }) => kind !== CONTENTS || !withoutLines.has(path))
    .sort((a, b) => compare(a.path, b.path) || compare(a.kind, b.kind));
}
