import type { FileChange, MetFile } from '../../../domain/footprint.ts';
import type { Oid } from '../../../domain/refs.ts';

/**
 * Contents that neither the branch nor the base holds anywhere near: git wrote them when it merged.
 *
 * @param changes what landing the branch does to the base.
 * @param own what the branch changed since it began.
 */
export function madeIn(
  changes: readonly FileChange[],
  own: readonly FileChange[],
  met: readonly MetFile[],
): Oid[] {
  const real = new Set(
    [...own.flatMap(({ before, after }) => [before, after]), ...met.map(({ now }) => now)].map(
      (entry) => entry?.oid,
    ),
  );
  const results = changes.flatMap(({ after }) =>
    after && !real.has(after.oid) ? [after.oid] : [],
  );
  return [...new Set(results)];
}
