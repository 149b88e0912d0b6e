import { type LooseObject, looseCommit, looseObject, looseTree } from '../objects/loose-object.ts';
import type { ObjectFormat } from '../objects/object-format.ts';
import type { MergeRequest } from './merge-process.ts';

/**
 * What must be printed to push out everything before: the buffer a C library gives a pipe, in bytes. 4 kB
 * on most machines, 16 kB on macOS; glibc takes a page of memory, up to 64 kB on ARM and POWER.
 */
const LARGEST_BUFFER = 64 * 1024;
/** How often the record names a file that both sides changed. */
const MENTIONS = 7;
/** Below 4,096, the longest path git works with on many systems. */
const NAME_LENGTH = 3700;
const FILES = Math.ceil(LARGEST_BUFFER / (MENTIONS * NAME_LENGTH));

/**
 * A merge whose record is so long that it pushes everything before it out of git's output buffer.
 * Before 2.49 `merge-tree --stdin` does not flush, and no portable way exists to tell it to; with
 * this merge asked last, one process can be talked to on every version.
 *
 * It merges files with very long names and nothing in common, which costs a fraction of a millisecond.
 */
export function flushRequest(format: ObjectFormat): {
  readonly request: MergeRequest;
  readonly objects: readonly LooseObject[];
} {
  const side = (text: string, parents: readonly LooseObject[]): LooseObject[] => {
    const blob = looseObject(format, 'blob', Buffer.from(text));
    const names = Array.from({ length: FILES }, (_, file) => `${file}`.padEnd(NAME_LENGTH, 'x'));
    const tree = looseTree(
      format,
      new Map(names.map((name) => [name, { mode: '100644', oid: blob.oid }])),
    );
    const oids = parents.map(({ oid }) => oid);
    return [looseCommit(format, { tree: tree.oid, parents: oids, time: 0 }), tree, blob];
  };
  const base = side('base\n', []);
  const ours = side('ours\n', [base[0]!]);
  const theirs = side('theirs\n', [base[0]!]);
  return {
    request: { ours: ours[0]!.oid, theirs: theirs[0]!.oid },
    objects: [...base, ...ours, ...theirs],
  };
}
