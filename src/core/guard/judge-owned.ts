import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { GuardFacts } from './facts.ts';
import { judgeLock } from './judge-lock.ts';
import { ALLOWED, findingOf, type PathVerdict } from './path-verdict.ts';
import { ownersOf, type Place, ruleOf } from './place.ts';

/** Only the listed agents, whatever others own. */
export function judgeReserved(agent: AgentId, place: Place & { layer: 'reserved' }): PathVerdict {
  if (place.exact && ownersOf(place).includes(agent)) return ALLOWED;
  const first = place.matches.find(({ part }) => !part.agents.includes(agent)) ?? place.matches[0]!;
  const { name, agents, reason } = first.part;
  const why = reason === null ? '' : `: ${reason}`;
  const message = `only ${agents.join(', ')} may change this (${name})${spelling(place)}${why}`;
  return findingOf('reserved', message, place);
}

/** Its agents, one at a time: every shared part the path lies in must let the agent through. */
export function judgeShared(
  agent: AgentId,
  place: Place & { layer: 'shared' },
  path: RepoPath,
  context: GuardFacts,
): PathVerdict {
  const names = place.matches.map(({ part }) => part.name).join(', ');
  if (!place.exact || !ownersOf(place).includes(agent)) {
    const message = `part of the shared paths ${names}, which ${agent} may not change${spelling(place)}`;
    return findingOf('owned-by-other', message, place);
  }
  if (context.covered?.has(path)) return ALLOWED;
  const judged = place.matches.map(({ part }) => judgeLock(part, agent, ruleOf(place), context));
  return (
    judged.find(isError) ??
    judged.find(({ kind }) => kind === 'undecided') ??
    judged.find(({ kind }) => kind === 'finding') ??
    ALLOWED
  );
}

/** Allowed if and only if one of its triggers, which the agent may change, changed with it. */
export function judgeDerived(
  agent: AgentId,
  place: Place & { layer: 'derived' },
  triggered: ReadonlySet<string>,
): PathVerdict {
  if (place.matches.some(({ part }) => triggered.has(part.name))) return ALLOWED;
  const owner = [...new Set(place.claims.map((claim) => claim.agent))].sort();
  const code = owner.some((other) => other !== agent) ? 'owned-by-other' : 'unowned';
  const when = place.matches.flatMap(({ part }) => part.when.map(({ text }) => text)).join(', ');
  const message = `may change only together with ${when}, where ${agent} may change that`;
  return { ...findingOf(code, message, place), owner };
}

/** The agent's own part, or someone else's. */
export function judgeOwned(agent: AgentId, place: Place & { layer: 'owned' }): PathVerdict {
  const owners = ownersOf(place);
  if (!place.exact || !owners.includes(agent))
    return findingOf('owned-by-other', `belongs to ${owners.join(', ')}${spelling(place)}`, place);
  return owners.length === 1 ? ALLOWED : { kind: 'ambiguous', grants: place.grants };
}

/** Nobody's part: what the policy says of such paths. */
export function judgeUnowned({ unowned }: Ownership, place: Place): PathVerdict {
  if (unowned === 'allow') return ALLOWED;
  return findingOf(
    'unowned',
    'no agent owns this',
    place,
    unowned === 'deny' ? 'error' : 'warning',
  );
}

const isError = (judgement: PathVerdict): boolean =>
  judgement.kind === 'finding' && judgement.severity === 'error';

const spelling = (place: { readonly exact: boolean }): string =>
  place.exact ? '' : ' (the name differs from it only in case or Unicode form)';
