import { compare } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Glob } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Grant, GuardRule, Rulebook, RuleOf } from './rulebook.ts';

/**
 * Where a path lies in the policy, whoever asks: the first layer of `docs/ownership.md` that knows
 * it. Layers that refuse are found also when case or Unicode form differ; `exact` says whether they
 * did not.
 */
export type Place =
  | RuleOf<'frozen'>
  | (RuleOf<'local'> & {
      /** Where the path lies but for this, when only its case or form makes it local; else null. */
      readonly near: Place | null;
    })
  | (RuleOf<'control'> & {
      /** Where the path lies for an agent whose `owns` names the control file. */
      readonly below: Place;
    })
  | {
      readonly layer: 'reserved';
      readonly matches: readonly RuleOf<'reserved'>[];
      readonly exact: boolean;
    }
  | {
      readonly layer: 'shared';
      readonly matches: readonly RuleOf<'shared'>[];
      readonly exact: boolean;
    }
  | {
      readonly layer: 'derived';
      readonly matches: readonly RuleOf<'derived'>[];
      /** Who claims the path by exact bytes all the same. */
      readonly claims: readonly Grant[];
    }
  | { readonly layer: 'owned'; readonly grants: readonly Grant[]; readonly exact: boolean }
  | { readonly layer: 'unowned' };

/** The layer a path lies in for everyone. An agent's `forbidden` comes on top; see `judgePath`. */
export function placeOf(rules: Rulebook, path: RepoPath): Place {
  const found = rules.find(path);
  const locals = of(found, 'local');
  const [local] = exactly(locals, path);
  if (local) return { ...local, near: null };
  const rest = belowLocal(found, path);
  return locals[0] ? { ...locals[0], near: rest } : rest;
}

function belowLocal(found: readonly GuardRule[], path: RepoPath): Place {
  const [control] = of(found, 'control');
  return control ? { ...control, below: below(found, path) } : below(found, path);
}

function below(found: readonly GuardRule[], path: RepoPath): Place {
  const [frozen] = of(found, 'frozen');
  if (frozen) return frozen;
  const reserved = of(found, 'reserved');
  if (reserved.length > 0)
    return { layer: 'reserved', matches: reserved, exact: all(reserved, path) };
  const shared = of(found, 'shared');
  if (shared.length > 0) return { layer: 'shared', matches: shared, exact: all(shared, path) };
  const derived = exactly(of(found, 'derived'), path);
  const near = of(found, 'owned');
  const exact = exactly(near, path).filter(({ doubtful }) => !doubtful);
  if (derived.length > 0) return { layer: 'derived', matches: derived, claims: exact };
  if (exact.length > 0) return { layer: 'owned', grants: exact, exact: true };
  return near.length > 0 ? { layer: 'owned', grants: near, exact: false } : { layer: 'unowned' };
}

const of = <Layer extends GuardRule['layer']>(
  found: readonly GuardRule[],
  layer: Layer,
): RuleOf<Layer>[] => found.filter((rule): rule is RuleOf<Layer> => rule.layer === layer);

const exactly = <R extends GuardRule>(found: readonly R[], path: RepoPath): R[] =>
  found.filter(({ glob }) => glob.matches(path));

const all = (found: readonly GuardRule[], path: RepoPath): boolean =>
  found.every(({ glob }) => glob.matches(path));

/** Whether what lies there is an agent's own to change, spelled as its policy spells it. */
export const isOwnPlace = (place: Place, agent: AgentId): boolean =>
  place.layer === 'owned' && place.exact && ownersOf(place).includes(agent);

/** Who may change what lies there, sorted; nobody for the layers that refuse everyone. */
export function ownersOf(place: Place): readonly AgentId[] {
  switch (place.layer) {
    case 'reserved':
    case 'shared':
      return common(place.matches.map(({ part }) => part.agents));
    case 'owned':
      return sortedUnique(place.grants.map(({ agent }) => agent));
    case 'control':
    case 'derived':
    case 'frozen':
    case 'local':
    case 'unowned':
      return [];
  }
}

/** The rule that decided, as a place in the policy and the glob written there. */
export function ruleOf(place: Place): string | null {
  const glob = globOf(place);
  return glob === null ? null : describeGlob(glob);
}

export const describeGlob = (glob: Glob): string => `${glob.rule} '${glob.text}'`;

function globOf(place: Place): Glob | null {
  switch (place.layer) {
    case 'control':
    case 'frozen':
    case 'local':
      return place.glob;
    case 'derived':
    case 'reserved':
    case 'shared':
      return place.matches[0]?.glob ?? null;
    case 'owned':
      return place.grants[0]?.glob ?? null;
    case 'unowned':
      return null;
  }
}

const sortedUnique = (agents: readonly AgentId[]): AgentId[] => [...new Set(agents)].sort(compare);

const common = (lists: readonly (readonly AgentId[])[]): AgentId[] =>
  sortedUnique((lists[0] ?? []).filter((agent) => lists.every((list) => list.includes(agent))));
