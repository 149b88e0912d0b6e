import { type Oid, parseRefName, type RefName } from '../../domain/refs.ts';
import type { ObjectReader } from '../objects/object-reader.ts';
import { type CommitTree, readCommitTree } from '../objects/read-top-file.ts';
import { readRef } from './refs.ts';

/**
 * What one ref names, be it a commit or not, asked of the reading process that runs anyway; null when it does
 * not exist. That process does not tell "there is none" from what it cannot read, and takes a branch that
 * is called like the ref for it (`refs/heads/refs/remotes/origin/main`): then git is asked for the ref alone.
 *
 * @throws Failure `git` when the ref is broken
 */
export async function readTip(reader: ObjectReader, ref: RefName): Promise<Oid | null> {
  const objects = await Promise.all(
    [ref, ...LOOK_ALIKES.map((prefix) => `${prefix}${ref}`)].map((name) => reader.read(name, 0)),
  );
  const [tip, ...others] = objects.map((object) => object?.oid ?? null);
  return others.every((other) => other === null) ? tip! : readRef(reader.repo, ref);
}

/** The commit that a ref, `HEAD` or an id stands for, or null when there is none. A ref is that ref and no other. */
export async function readTipTree(reader: ObjectReader, name: string): Promise<CommitTree | null> {
  const ref = name.startsWith('refs/') ? parseRefName(name) : null;
  if (ref === null) return readCommitTree(reader, name);
  const tip = await readTip(reader, ref);
  return tip && readCommitTree(reader, tip);
}

/** Where git looks for a name that is not a ref itself; gitrevisions(7). */
const LOOK_ALIKES = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];
