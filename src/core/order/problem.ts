import type { FileChange } from '../../domain/footprint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Precedence } from '../../domain/landing.ts';
import type { RepoPath } from '../../domain/path.ts';
import type {
  ConflictFile,
  OrderBranch,
  OrderConflict,
  OrderDependency,
  OrderProblem,
} from '../../domain/reports/order.ts';
import type { OverlapPair } from '../../domain/reports/overlap.ts';
import { dependenciesOf } from './waiting-among.ts';

/** A branch that merges with the base, and what orders it. */
export interface Orderable {
  readonly ref: string;
  readonly agent: AgentId | null;
  /** Seconds since 1970. */
  readonly date: number;
  readonly changes: readonly FileChange[];
}

/**
 * What the order of a fleet depends on, from what was found out about it. Pairs of other branches are left out.
 *
 * @param drafts refs of branches that go last, whatever that costs them
 */
export function orderProblem(
  branches: readonly Orderable[],
  pairs: readonly OverlapPair[],
  stacked: readonly OrderDependency[],
  rules: readonly Precedence[],
  drafts: ReadonlySet<string> = new Set(),
): OrderProblem {
  const byRef = new Map(branches.map((branch) => [branch.ref, branch]));
  const known = ({ earlier, later }: OrderDependency): boolean =>
    byRef.has(earlier) && byRef.has(later);
  return {
    branches: branches.map(orderBranch),
    conflicts: pairs
      .filter(({ a, b, level }) => level === 'conflict' && byRef.has(a) && byRef.has(b))
      .map((pair) => orderConflict(pair, byRef.get(pair.a)!, byRef.get(pair.b)!)),
    after: [...stacked.filter(known), ...dependenciesOf(branches, rules)],
    combinations: [],
    drafts: [...drafts].filter((ref) => byRef.has(ref)),
  };
}

const orderBranch = ({ ref, agent, date, changes }: Orderable): OrderBranch => ({
  ref,
  agent,
  date,
  lines: changes.reduce((sum, { lines }) => sum + lines, 0),
});

function orderConflict(
  { conflicts, oneWay }: OverlapPair,
  a: Orderable,
  b: Orderable,
): OrderConflict {
  const files = new Map<RepoPath, ConflictFile>();
  for (const { path, mechanical } of conflicts)
    files.set(path, { path, mechanical, lines: [linesIn(a, path), linesIn(b, path)] });
  if (oneWay)
    return { a: a.ref, b: b.ref, later: oneWay.later, hunks: 0, files: [...files.values()] };
  const hunks = conflicts.reduce((sum, { lines }) => sum + (lines?.length ?? 1), 0);
  return { a: a.ref, b: b.ref, hunks, files: [...files.values()] };
}

/** Lines a branch changed in one file; none where it did not change it under that name. */
export const linesIn = ({ changes }: Pick<Orderable, 'changes'>, path: RepoPath): number =>
  changes.find((change) => change.path === path)?.lines ?? 0;
