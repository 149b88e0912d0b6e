import { agentNamed } from '../../../core/identity/resolve.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { Agent, Ownership } from '../../../domain/ownership.ts';

/**
 * The agents that were named, or all of them, in the order of their ids.
 *
 * @throws Failure `usage` when none is named, or one that the policy does not know.
 */
export function chooseAgents(
  ownership: Ownership,
  names: readonly string[],
  all: boolean,
): Agent[] {
  const known = [...ownership.agents.values()];
  const list = known.map(({ id }) => id).join(', ');
  if (all && names.length > 0) throw new Failure('usage', 'use --all or names of agents, not both');
  if (all) return known;
  if (names.length === 0)
    throw new Failure('usage', 'no agent is named', [
      hintTo(`choose agents, name some of: ${list}`),
      hintTo('choose every agent, add --all'),
    ]);
  const ids = names.map((name) => {
    const id = agentNamed(ownership, name);
    if (id !== null) return id;
    throw new Failure('usage', `the policy knows no agent '${name}'`, [
      hintTo(`choose agents, name some of: ${list}`),
    ]);
  });
  return known.filter(({ id }) => ids.includes(id));
}
