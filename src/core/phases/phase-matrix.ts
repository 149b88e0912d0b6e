import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { PhasePair } from '../../domain/reports/phases.ts';

/** Who can work beside whom, for every two agents of a policy, and why not. In the order of their ids. */
export function phaseMatrix({ agents }: Pick<Ownership, 'agents'>): PhasePair[] {
  const ids = [...agents.keys()];
  const before = new Map(ids.map((id) => [id, predecessorsOf(agents, id)]));
  return ids.flatMap((a, at) =>
    ids.slice(at + 1).map((b): PhasePair => {
      const apart = agents.get(a)!.notWith.includes(b) || agents.get(b)!.notWith.includes(a);
      if (before.get(b)!.has(a)) return { a, b, together: false, reason: `${b} comes after ${a}` };
      if (before.get(a)!.has(b)) return { a, b, together: false, reason: `${a} comes after ${b}` };
      if (apart) return { a, b, together: false, reason: 'not_with' };
      return { a, b, together: true, reason: null };
    }),
  );
}

/** Everyone who must have handed off before an agent, directly or by way of others. */
function predecessorsOf(agents: Ownership['agents'], id: AgentId): ReadonlySet<AgentId> {
  const found = new Set<AgentId>();
  const open = [...(agents.get(id)?.after ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(agents.get(next)?.after ?? []));
  }
  return found;
}
