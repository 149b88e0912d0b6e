import { askedOf } from '../../core/guard/asked-of.ts';
import { NO_FACTS } from '../../core/guard/facts.ts';
import { makeRulebook } from '../../core/guard/rulebook.ts';
import type { RequestPlace } from '../../core/requests/row.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { AskedChange, ChangeRequest } from '../../domain/states/change-request.ts';

/** Says of requests whom the policy names for them now, whatever it named when they were opened. */
export function requestPlacer(ownership: Ownership): (request: ChangeRequest) => RequestPlace {
  const rules = makeRulebook(ownership);
  return ({ from, changes }) => {
    const agent = ownership.agents.get(from);
    if (agent === undefined) return { asked: [], queues: [], own: false };
    const places = changes.map((change) => askedOf(rules, agent, asChange(change), NO_FACTS));
    const open = places.filter(({ kind }) => kind !== 'own');
    const lists = open.map((place) => (place.kind === 'ask' ? place.agents : []));
    const asked = (lists[0] ?? []).filter((id) => lists.every((list) => list.includes(id)));
    const queues = open.flatMap((place) => (place.kind === 'ask' ? place.queues : []));
    return {
      asked: asked satisfies AgentId[],
      queues: [...new Set(queues)].sort(),
      own: open.length === 0,
    };
  };
}

/** A link is judged by its target where its content is known; whose the path is does not depend on it. */
const asChange = ({ path, operation, after }: AskedChange) => ({
  path,
  operation: operation === 'symlink' ? ('modify' as const) : operation,
  before: null,
  after,
});
