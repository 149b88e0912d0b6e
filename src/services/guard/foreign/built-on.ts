import type { ForeignMerge } from '../../../core/guard/foreign-merge.ts';
import type { AgentId } from '../../../domain/ids.ts';
import type { Oid } from '../../../domain/refs.ts';
import { commonAncestors } from '../../../git/history/merge-bases.ts';
import type { PolicySession } from '../../session/session.ts';
import { isWorkOf } from './is-work-of.ts';
import { ownerOf } from './owner-of.ts';
import { whoMade } from './who-made.ts';

interface Built {
  readonly agent: AgentId;
  readonly branch: string | null;
  readonly head: Oid;
}

/**
 * The open branch of another agent that a branch is built on, without a merge: begun there, or moved
 * there. Null where the commits that both have are the branch's own: its log says that they were made on
 * it, or they stay out of the other's part.
 *
 * @param parents of each commit the branch has ahead of the base
 */
export async function builtOn(
  session: PolicySession,
  { agent, branch, head }: Built,
  parents: ReadonlyMap<Oid, readonly Oid[]>,
): Promise<ForeignMerge | null> {
  const line: Oid[] = [];
  for (let at: Oid | undefined = head; at && parents.has(at); at = parents.get(at)![0])
    line.push(at);
  const first = line.at(-1);
  const log = whoMade(session, branch);
  if (first === undefined || line.every((commit) => log.made.has(commit))) return null;
  const other = await ownerOf(session, { agent, branch }, first);
  if (other === null) return null;
  const [brought] = await commonAncestors(session.workspace.repo, other.ref, head);
  const from = brought === undefined ? -1 : line.indexOf(brought);
  if (brought === undefined || from < 0) return null;
  const own = line.findIndex((commit, at) => at >= from && log.made.has(commit));
  const theirs = own < 0 ? line.slice(from) : line.slice(from, own);
  const before = theirs.length === 0 ? undefined : parents.get(theirs.at(-1)!)?.[0];
  if (before === undefined) return null;
  const certain = theirs.some((commit) => log.came.has(commit));
  if (!certain && !(await isWorkOf(session, other.owners, agent, [before, brought]))) return null;
  const later = line.slice(0, from).some((commit) => parents.get(commit)!.length > 1);
  return {
    ...other,
    at: brought,
    before,
    brought,
    later: later ? 'merges' : 'line',
    merged: false,
    certain,
  };
}
