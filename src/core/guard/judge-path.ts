import type { Change } from '../../domain/change.ts';
import { foldPath } from '../../domain/fold.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Agent, Glob } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { GuardFacts } from './facts.ts';
import { findingOf, frozen, localOnly } from './finding-of.ts';
import { judgeDerived, judgeOwned, judgeReserved, judgeShared } from './judge-owned.ts';
import { ALLOWED, type PathVerdict } from './path-verdict.ts';
import { describeGlob, ownersOf, type Place, placeBelowControl, placeOf } from './place.ts';
import { matchesNear, type Rulebook } from './rulebook.ts';
import { linkDestination, unsafeName } from './unsafe-name.ts';

/** Derived parts whose trigger changed in the agent's own part, by name. */
export type Triggered = ReadonlySet<string>;

/**
 * Judges one change of an agent by the layers of `docs/ownership.md`, the first that applies. The
 * order of the policy's text plays no part.
 */
export function judgePath(
  rules: Rulebook,
  agent: Agent,
  change: Change,
  triggered: Triggered,
  context: GuardFacts,
): PathVerdict {
  const unsafe = unsafeName(change, context);
  if (unsafe !== null) return findingOf('unsafe-path', unsafe);
  const place = placeFor(rules, agent, change.path);
  const judged = judgePlace(rules, agent, change, place, triggered, context);
  if (judged.kind !== 'allowed' || change.operation !== 'symlink') return judged;
  const stray = strayLink(rules, agent.id, change);
  return stray === null ? ALLOWED : findingOf('unsafe-path', stray, place);
}

/** The same for someone who is not an agent: frozen warns, local refuses, nothing else applies. */
export function judgePathOfHuman(rules: Rulebook, change: Change): PathVerdict {
  const place = placeOf(rules, change.path);
  switch (place.layer) {
    case 'local':
      return change.operation === 'delete' ? ALLOWED : localOnly(place);
    case 'control':
    case 'frozen':
      return frozen(place, 'warning');
    case 'derived':
    case 'owned':
    case 'reserved':
    case 'shared':
    case 'unowned':
      return ALLOWED;
  }
}

/** Where the path lies for this agent: one whose `owns` names a control file sees below that layer. */
function placeFor(rules: Rulebook, agent: Agent, path: RepoPath): Place {
  const place = placeOf(rules, path);
  const lifted = place.layer === 'control' && namesControl(agent, path, place.glob);
  return lifted ? placeBelowControl(rules, path) : place;
}

/**
 * An agent's `owns` lifts the protection of a control file only by naming it: a wide glob such as
 * `**` that happens to cover `.github` was not meant to hand out the guard itself.
 */
function namesControl(agent: Agent, path: RepoPath, control: Glob): boolean {
  return agent.owns.some((glob) => {
    if (!glob.matches(path)) return false;
    if (control.prefix !== '') return glob.prefix.startsWith(control.prefix);
    return glob.text.split('/').at(-1) === path.split('/').at(-1);
  });
}

function judgePlace(
  rules: Rulebook,
  agent: Agent,
  change: Change,
  place: Place,
  triggered: Triggered,
  context: GuardFacts,
): PathVerdict {
  if (place.layer === 'local') return change.operation === 'delete' ? ALLOWED : localOnly(place);
  if (place.layer === 'control' || place.layer === 'frozen') return frozen(place);
  const forbidden = firstFolded(agent.forbidden, change.path);
  if (forbidden) {
    const message = `${agent.id} may never change this`;
    return { ...findingOf('forbidden', message, place), rule: describeGlob(forbidden) };
  }
  switch (place.layer) {
    case 'reserved':
      return judgeReserved(agent.id, place);
    case 'shared':
      return judgeShared(agent.id, place, context);
    case 'derived':
      return judgeDerived(rules, agent.id, change, place, triggered);
    case 'owned':
    case 'unowned':
      return judgeOwned(rules, agent.id, place);
  }
}

/** Why a link may not be committed, or null when it stays in the agent's own part. */
function strayLink(rules: Rulebook, agent: AgentId, change: Change): string | null {
  if (change.target === undefined) return 'a link whose target could not be read';
  const destination = linkDestination(change.path, change.target);
  if (destination === null) return `a link that leaves the repository: ${change.target}`;
  const place = placeOf(rules, destination as RepoPath);
  const own = place.layer === 'owned' && place.exact && ownersOf(place).includes(agent);
  return own ? null : `a link that leaves the part of ${agent}: it leads to ${destination}`;
}

function firstFolded(globs: readonly Glob[], path: RepoPath): Glob | undefined {
  if (globs.length === 0) return undefined;
  const folded = foldPath(path);
  return globs.find((glob) => matchesNear(glob, path, folded));
}
