import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { ObjectReader } from './object-reader.ts';

/** Bytes. Far above any state this program writes; more is not kept in memory. */
const LARGEST = 1_048_576;

/** `state.json` of a commit, or why it cannot be had. */
export type StateText = Result<string, string>;

/** The `state.json` of each commit, in one process. */
export async function readStates(
  repo: Repo,
  commits: readonly Oid[],
): Promise<ReadonlyMap<Oid, StateText>> {
  if (commits.length === 0) return new Map();
  const reader = new ObjectReader(repo);
  try {
    const texts = await Promise.all(commits.map((oid) => readStateText(reader, oid)));
    return new Map(commits.map((oid, index) => [oid, texts[index]!]));
  } finally {
    await reader.close();
  }
}

/** The `state.json` of one object, whatever it turns out to be: anybody can push anything to a ref. */
export async function readStateText(reader: ObjectReader, commit: Oid): Promise<StateText> {
  const blob = await reader.read(`${commit}:state.json`, LARGEST);
  if (blob?.type !== 'blob') return err('it has no state.json');
  return blob.size > LARGEST ? err('its state.json is too long') : ok(blob.data.toString());
}
