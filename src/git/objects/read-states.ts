import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { ObjectReader } from './object-reader.ts';

/** The `state.json` of each commit, in one process; commits without one are left out. */
export async function readStates(
  repo: Repo,
  commits: readonly Oid[],
): Promise<ReadonlyMap<Oid, string>> {
  const reader = new ObjectReader(repo);
  try {
    const blobs = await Promise.all(commits.map((oid) => reader.read(`${oid}:state.json`)));
    const texts = new Map<Oid, string>();
    for (const [index, blob] of blobs.entries())
      if (blob?.type === 'blob') texts.set(commits[index]!, blob.data.toString());
    return texts;
  } finally {
    await reader.close();
  }
}
