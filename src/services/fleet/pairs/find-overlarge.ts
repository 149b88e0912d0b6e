import type { Candidate } from '../../../core/overlap/candidates.ts';
import { bytesOf, disputedPaths } from '../../../core/overlap/disputed-paths.ts';
import { MERGE_LIMIT } from '../../../domain/options/fleet-options.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { Branch } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';

/**
 * Files that are not merged, because so large a file for so many branches would hold everybody's answer up.
 * What is said follows from the branches alone, never from what an earlier run has merged already.
 */
export async function findOverlarge(
  context: FleetContext,
  branches: readonly Branch[],
  candidates: readonly Candidate[],
): Promise<void> {
  const paths = disputedPaths(candidates);
  const contents = new Set(paths.flatMap(({ merges }) => merges.flat()));
  const sizes = new Map<Oid, number>();
  await Promise.all([...contents].map(async (oid) => sizes.set(oid, await sizeOf(context, oid))));
  const most = (context.options.mergeLimit ?? MERGE_LIMIT) * 1e6;
  for (const disputed of paths) {
    const bytes = bytesOf(disputed, (oid) => sizes.get(oid)!);
    if (bytes <= most) continue;
    context.overlarge.add(disputed.path);
    const { path, branches: sharing } = disputed;
    context.degraded.push({
      kind: 'too-large',
      refs: sharing.map((at) => branches[at]!.member.ref),
      message:
        `${sharing.length} branches change the same places of ${path}, and to merge it for each pair ` +
        `would read ${megabytes(bytes)}: how they meet in it is not judged; --merge-limit lets more be read`,
    });
  }
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;

/** Bytes; nothing where a content is not here, which is said where it is needed. */
async function sizeOf({ memory, session }: FleetContext, oid: Oid): Promise<number> {
  const name = `size ${oid}`;
  const known = memory.recall<number>(name);
  if (known !== undefined) return known;
  const object = await session.reader.read(oid, 0);
  if (object) memory.store(name, object.size);
  return object?.size ?? 0;
}
