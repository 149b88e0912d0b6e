import { linesIn } from '../../../core/order/problem.ts';
import { describeConflicts } from '../../../core/overlap/conflicts.ts';
import type { ReworkFile } from '../../../domain/reports/order.ts';
import type { MergeConflict } from '../../../domain/reports/overlap.ts';
import type { Branch } from '../fleet-branch.ts';

/** The files of a branch that conflict, with what it changed in them. */
export function reworkOf({ solo }: Branch, conflicts: readonly MergeConflict[]): ReworkFile[] {
  const changes = solo?.footprint.changes ?? [];
  const described = describeConflicts(conflicts, () => []);
  const files = new Map(described.map(({ path, mechanical }) => [path, mechanical]));
  return [...files].map(([path, mechanical]) => ({
    path,
    mechanical,
    lines: linesIn({ changes }, path),
  }));
}
