import type { Change } from '../../domain/change.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Agent } from '../../domain/ownership.ts';
import type { GuardFacts } from './facts.ts';
import { judgePath } from './judge-path.ts';
import type { PathVerdict } from './path-verdict.ts';
import { ownersOf, type Place, placeOf } from './place.ts';
import type { Rulebook } from './rulebook.ts';
import { unsafeName } from './unsafe-name.ts';

/** Whom an agent has to ask for a change: other agents, people (no agents), itself, or nobody. */
export type AskedOf =
  | {
      readonly kind: 'ask';
      /** Any one of them may decide; none: people. Sorted. */
      readonly agents: readonly AgentId[];
      /** The reserved parts the path lies in, in whose queues the request waits. */
      readonly queues: readonly string[];
    }
  /** The agent may change it without asking, if need be with a lock. */
  | { readonly kind: 'own' }
  /** Not even its owner may do this. */
  | { readonly kind: 'never'; readonly why: string };

/**
 * Whom the policy names for one change of an agent. Frozen files and what nobody owns are asked of
 * people; control files, local and unsafe paths are not asked for at all.
 */
export function askedOf(rules: Rulebook, agent: Agent, change: Change, facts: GuardFacts): AskedOf {
  const unsafe = unsafeName(change, facts);
  if (unsafe !== null) return { kind: 'never', why: unsafe };
  const place = placeOf(rules, change.path);
  if (place.layer === 'local') return { kind: 'never', why: 'it is local to one worktree' };
  if (isOpen(judgePath(place, change, agent, { rules, triggered: new Set(), facts })))
    return { kind: 'own' };
  if (place.layer === 'control')
    return { kind: 'never', why: 'it steers the guard: only people change it, by hand' };
  const agents = deciders(place).filter((id) => id !== agent.id);
  const able = agents.filter((id) => mayChange(rules, id, change, facts));
  if (agents.length > 0 && able.length === 0)
    return { kind: 'never', why: `${agents.join(', ')} may not do this either` };
  if (agents.length === 0 && (change.operation === 'symlink' || change.operation === 'gitlink'))
    return { kind: 'never', why: 'a link or a submodule that no agent owns' };
  const queues = place.layer === 'reserved' ? place.matches.map(({ part }) => part.name) : [];
  return { kind: 'ask', agents: able, queues: [...new Set(queues)].sort() };
}

/** Whether an agent may make a change by the policy alone, whoever holds a lock at the moment. */
export function mayChange(
  rules: Rulebook,
  id: AgentId,
  change: Change,
  facts: GuardFacts,
): boolean {
  const agent = rules.ownership.agents.get(id);
  if (agent === undefined) return false;
  const place = placeOf(rules, change.path);
  // A generated file goes with what it is made from, which whoever takes it looks after.
  const triggered = new Set(
    place.layer === 'derived' ? place.matches.map(({ part }) => part.name) : [],
  );
  return isOpen(judgePath(place, change, agent, { rules, triggered, facts }));
}

const isOpen = (verdict: PathVerdict): boolean =>
  verdict.kind === 'allowed' ||
  (verdict.kind === 'undecided' ? true : verdict.kind === 'finding' && opensByLock(verdict));

const opensByLock = ({ lock, severity }: Extract<PathVerdict, { kind: 'finding' }>): boolean =>
  lock !== undefined || severity !== 'error';

const deciders = (place: Place): readonly AgentId[] =>
  place.layer === 'derived'
    ? [...new Set(place.claims.map(({ agent }) => agent))].sort()
    : ownersOf(place);
