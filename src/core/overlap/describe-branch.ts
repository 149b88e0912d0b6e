import type { Footprint } from '../../domain/footprint.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { LineRange, MergeConflict, OverlapBranch } from '../../domain/reports/overlap.ts';
import { describeConflicts } from './conflicts.ts';

/** What was found out about a branch that could be judged. */
export interface BranchFacts {
  readonly ahead: number;
  readonly behind: number;
  readonly standing: 'clean' | 'conflict' | 'merged';
  readonly footprint: Footprint;
  readonly conflicts: readonly MergeConflict[];
  /** Where its conflicts with the base lie, in the base's lines. */
  readonly disputed: readonly (readonly [RepoPath, readonly LineRange[]])[];
}

/** @param facts null for a branch that could not be judged. */
export function describeBranch(
  name: Pick<OverlapBranch, 'agent' | 'oid' | 'ref' | 'uncommitted'>,
  facts: BranchFacts | null,
): OverlapBranch {
  const { ref, oid, agent, uncommitted } = name;
  const changes = facts?.footprint.changes ?? [];
  const disputed = new Map(facts?.disputed);
  return {
    ref,
    oid,
    agent,
    ahead: facts?.ahead ?? 0,
    behind: facts?.behind ?? 0,
    files: changes.length,
    lines: changes.reduce((sum, { lines }) => sum + lines, 0),
    base: facts?.standing ?? 'unreadable',
    paths: changes.map(({ path }) => path),
    conflicts: describeConflicts(facts?.conflicts ?? [], (path) => disputed.get(path) ?? []),
    ...(uncommitted && { uncommitted }),
  };
}
