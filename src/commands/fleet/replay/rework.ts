import { describeConflicts } from '../../../core/overlap/conflicts.ts';
import { linesIn } from '../../../core/overlap/order-problem.ts';
import type { ReworkFile } from '../../../domain/order.ts';
import type { MergeConflict } from '../../../domain/overlap.ts';
import type { Branch } from '../branch.ts';

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
