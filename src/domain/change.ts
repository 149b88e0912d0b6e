import type { RepoPath } from './path.ts';
import type { Oid } from './refs.ts';

/** What a change does to one path. A rename is a `delete` and an `add`; git never tells us more. */
export type Operation = 'add' | 'delete' | 'gitlink' | 'mode' | 'modify' | 'symlink';

/** File modes git stores in a tree. */
export type Mode = '040000' | '100644' | '100755' | '120000' | '160000';

/** One side of a change: what the tree holds at the path. */
export interface Entry {
  readonly mode: Mode;
  readonly oid: Oid;
}

/** One path whose content, mode or existence differs between two trees. At least one side is set. */
export interface Change {
  readonly path: RepoPath;
  readonly operation: Operation;
  readonly before: Entry | null;
  readonly after: Entry | null;
  /** Where an added or changed symbolic link points, as stored; set by whoever read the blob. */
  readonly target?: string;
}

/**
 * Names what happened, from the two sides. A link or submodule on the new side is named as such
 * whatever was there before, because what it may point at is what must be judged.
 */
export function operationOf(before: Entry | null, after: Entry | null): Operation {
  if (after === null) return 'delete';
  if (after.mode === '120000') return 'symlink';
  if (after.mode === '160000') return 'gitlink';
  if (before === null) return 'add';
  return before.oid === after.oid && before.mode !== after.mode ? 'mode' : 'modify';
}

/** True when both sides hold the same thing: same mode and same object, or nothing. */
export const sameEntry = (a: Entry | null, b: Entry | null): boolean =>
  a === b || (a !== null && b !== null && a.mode === b.mode && a.oid === b.oid);

/** One side of a change as git writes it, where a mode of zeros means that nothing is there. */
export const entryOf = (mode: string, oid: string): Entry | null =>
  mode === '000000' ? null : { mode: mode as Mode, oid: oid as Oid };

/** A file with content of its own, executable or not: no link, directory or submodule. */
export const isOrdinaryFile = (entry: { readonly mode: string } | null | undefined): boolean =>
  entry?.mode === '100644' || entry?.mode === '100755';
