import { decide } from '../../../core/guard/decide.ts';
import type { AgentId } from '../../../domain/ids.ts';
import type { Oid } from '../../../domain/refs.ts';
import { treeChanges } from '../../../git/diff/tree-changes.ts';
import type { PolicySession } from '../../session/session.ts';

/** Whether what differs between two commits is in the part of one of the owners, so that `agent` could not have made it. */
export async function isWorkOf(
  { workspace, policy, host }: PolicySession,
  owners: readonly AgentId[],
  agent: AgentId,
  [before, after]: readonly [Oid, Oid],
): Promise<boolean> {
  const changes = await treeChanges(workspace.repo, before, after);
  const facts = { leases: new Map(), now: host.now(), lookAlikes: new Map(), linkEnds: new Map() };
  const decided = decide(policy.ownership, agent, changes, facts);
  return (
    decided.ok &&
    decided.value.findings.some(
      ({ code, owner }) => code === 'owned-by-other' && owner?.some((one) => owners.includes(one)),
    )
  );
}
