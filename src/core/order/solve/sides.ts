import { compare } from '../../../domain/finding.ts';
import type { OrderProblem, ReworkFile } from '../../../domain/reports/order.ts';

/** One branch's view of a conflict: what must have landed before, and what it then has to redo. */
export interface Side {
  readonly ref: string;
  /** Sorted, never empty: one for a pair that conflicts, several for a combination. */
  readonly causes: readonly string[];
  /** By path; empty where git names none. */
  readonly files: readonly ReworkFile[];
}

/** The sides of every pair, one where it has a direction, and the one side of every combination, sorted. */
export function sidesOf({ conflicts, combinations }: OrderProblem): Side[] {
  const pairs = conflicts.flatMap(({ a, b, later, files }) => {
    const redone = (side: 0 | 1): ReworkFile[] =>
      files.map((file) => ({ ...file, lines: file.lines[side] }));
    return [
      ...(later === b ? [] : [sideOf(a, [b], redone(0))]),
      ...(later === a ? [] : [sideOf(b, [a], redone(1))]),
    ];
  });
  const larger = combinations.map(({ earlier, later, files }) => sideOf(later, earlier, files));
  const keyed = [...pairs, ...larger].map((side) => ({ side, key: JSON.stringify(side) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ side }) => side);
}

function sideOf(ref: string, earlier: readonly string[], files: readonly ReworkFile[]): Side {
  const causes = [...new Set(earlier)].sort(compare);
  if (causes.length === 0 || causes.includes(ref))
    throw new Error(`a branch in conflict with nothing or with itself: ${ref}`);
  return { ref, causes, files: [...files].sort((a, b) => compare(a.path, b.path)) };
}

/** Lines a branch redoes in one file. A mechanical file is made again by a command: one line. */
export const linesToRedo = (file: ReworkFile): number =>
  file.mechanical ? 1 : Math.max(1, file.lines);

/** Lines the branch redoes for this conflict alone: one where git names no file, as for a directory. */
export const linesOf = ({ files }: Side): number =>
  files.length === 0 ? 1 : files.reduce((lines, file) => lines + linesToRedo(file), 0);
