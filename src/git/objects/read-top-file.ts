import { isOrdinaryFile } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { ObjectReader } from './object-reader.ts';
import { TreeReader } from './trees.ts';

/** A commit, and the tree it holds. */
export interface CommitTree {
  readonly commit: Oid;
  readonly tree: Oid;
}

/** The commit that an id or `HEAD` stands for, or null when there is none; of a ref see `readTipTree`. */
export async function readCommitTree(
  reader: ObjectReader,
  name: string,
): Promise<CommitTree | null> {
  const object = await reader.read(`${name}^{commit}`);
  if (object === null) return null;
  const tree = parseOid(/^tree ([0-9a-f]+)\n/.exec(object.data.toString('latin1'))?.[1] ?? '');
  if (tree === null) throw new Failure('git', `commit ${object.oid} has no tree`);
  return { commit: object.oid, tree };
}

/**
 * The bytes of a file at the top of a tree; null when the tree has none by that name.
 *
 * @throws Failure `git` when it is there and cannot be read, or is not an ordinary file: that must never
 * look like "there is none".
 */
export async function readTopFile(
  reader: ObjectReader,
  tree: Oid,
  name: string,
): Promise<{ readonly oid: Oid; readonly data: Buffer } | null> {
  const entry = (await new TreeReader(reader, tree).level(''))?.get(name);
  if (entry === undefined) return null;
  if (!isOrdinaryFile(entry))
    throw new Failure('policy', `${name} is there and is not an ordinary file`);
  const blob = await reader.read(entry.oid);
  if (blob === null)
    throw new Failure('git', `${name} is there and its content (${entry.oid}) is missing here`, [
      hintTo('fetch what is missing', 'git fetch'),
    ]);
  return { oid: blob.oid, data: blob.data };
}
