import { type BranchName, branchRef, type Oid, type RefName, shortRef } from '../../domain/refs.ts';
import { walkHistory } from '../../git/history/walk-history.ts';
import { isAncestor } from '../../git/refs/refs.ts';
import { refsContaining } from '../../git/refs/refs-containing.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import { readTipTree } from '../../git/refs/read-tip.ts';

/** What taking a branch back to an earlier commit would do to others. */
export interface RollbackFacts {
  readonly tip: Oid;
  readonly hasPass: boolean;
  /** The base has some of what would go. */
  readonly landed: boolean;
  /** Other branches that are built on what would go. */
  readonly stacked: readonly string[];
  /** Where the remote has the branch, as this clone knows it, if that is beyond the commit. */
  readonly pushed: Oid | null;
}

/** Commits looked at: more than this is not the work of one agent since its last pass. */
const FAR = 10_000;

/** Reads it. Null when the branch is not in this clone. */
export async function rollbackFacts(
  session: PolicySession,
  branch: BranchName,
  to: Oid,
): Promise<RollbackFacts | null> {
  const { reader, workspace, policy } = session;
  const { repo } = workspace;
  const at = await readTipTree(reader, branchRef(branch));
  if (at === null) return null;
  const tip = at.commit;
  const hasPass = await isAncestor(repo, to, tip);
  const remote = `refs/remotes/origin/${branch}`;
  const theirs = (await readTipTree(reader, remote))?.commit ?? null;
  const pushed = theirs === null || (await isAncestor(repo, theirs, to)) ? null : theirs;
  if (!hasPass || tip === to) return { tip, hasPass, landed: false, stacked: [], pushed };
  const own: readonly string[] = [branchRef(branch), remote];
  const bases: readonly string[] = [requireBase(policy).ref, branchRef(policy.ownership.base)];
  const built = new Set<RefName>();
  for (const first of await firstAfter(session, to, tip))
    for (const ref of await refsContaining(repo, first)) if (!own.includes(ref)) built.add(ref);
  const others = [...built].filter((ref) => !bases.includes(ref));
  const landed = others.length < built.size;
  return { tip, hasPass, landed, stacked: others.map(shortRef).sort(), pushed };
}

/** The commits between the two whose parents are all outside: whoever is built on any has one of them. */
async function firstAfter({ workspace }: PolicySession, to: Oid, tip: Oid): Promise<Oid[]> {
  const parentsOf = new Map<string, readonly string[]>();
  const range = [tip, `^${to}` as Oid];
  await walkHistory(workspace.repo, range, (commit, parents) => {
    parentsOf.set(commit, parents);
    return parentsOf.size >= FAR ? 'enough' : 'more';
  });
  return [...parentsOf]
    .filter(([, parents]) => !parents.some((parent) => parentsOf.has(parent)))
    .map(([commit]) => commit as Oid);
}
