import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { ObjectReader } from '../objects/object-reader.ts';
import { walkHistory } from './walk-history.ts';

/** Commits that are looked at, of all branches together. */
const MOST_COMMITS = 20_000;

/** Git names the signature for the hash that it is of. Source: gitformat-signature(5). */
const SIGNED = /^gpgsig(?:-sha256)? /m;

/**
 * How many commits of each branch that the base does not have are signed, by tip. Whether a signature is good is
 * not asked: what is copied or squashed has none in either case.
 */
export async function signedCommits(
  repo: Repo,
  reader: ObjectReader,
  base: Oid,
  tips: readonly Oid[],
): Promise<ReadonlyMap<Oid, number>> {
  const parentsOf = new Map<string, readonly string[]>();
  if (tips.length > 0)
    await walkHistory(repo, [...tips, `^${base}` as Oid], (commit, parents) => {
      parentsOf.set(commit, parents);
      return parentsOf.size >= MOST_COMMITS ? 'enough' : 'more';
    });
  const signed = new Set<string>();
  for (const commit of parentsOf.keys()) {
    const object = await reader.read(commit);
    const header = object?.data.toString('latin1').split('\n\n', 1)[0] ?? '';
    if (SIGNED.test(header)) signed.add(commit);
  }
  return new Map(
    tips.map((tip) => [tip, signed.size === 0 ? 0 : countFrom(tip, parentsOf, signed)]),
  );
}

function countFrom(
  tip: Oid,
  parentsOf: ReadonlyMap<string, readonly string[]>,
  signed: ReadonlySet<string>,
): number {
  const seen = new Set<string>();
  const open: string[] = [tip];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const parents = seen.has(next) ? undefined : parentsOf.get(next);
    if (parents === undefined) continue;
    seen.add(next);
    open.push(...parents);
  }
  return [...seen].filter((commit) => signed.has(commit)).length;
}
