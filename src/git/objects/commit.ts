import { Failure } from '../../domain/failure.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { ObjectReader } from './object-reader.ts';

export interface Commit {
  readonly commit: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  /** When it was committed, seconds since 1970. */
  readonly time: number;
}

/**
 * The commit a name stands for, tags peeled; null when there is none by that name. Names that could
 * hold a line feed must not be asked for.
 *
 * @throws Failure `git` when the object is not a well-formed commit.
 */
export async function readCommitObject(reader: ObjectReader, name: string): Promise<Commit | null> {
  const object = await reader.read(`${name}^{commit}`);
  if (object === null) return null;
  const header = object.data.toString('latin1').split('\n\n', 1)[0]!;
  const tree = parseOid(/^tree ([0-9a-f]+)$/m.exec(header)?.[1] ?? '');
  const time = /^committer .*> (-?\d+) /m.exec(header)?.[1];
  if (tree === null || time === undefined)
    throw new Failure('git', `commit ${object.oid} is malformed`);
  const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, oid]) => oid as Oid);
  return { commit: object.oid, tree, parents, time: Number(time) };
}
