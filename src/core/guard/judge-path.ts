import type { Change } from '../../domain/change.ts';
import { foldPath } from '../../domain/text/fold.ts';
import type { Agent, Glob } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { GuardFacts, LinkEnd } from './facts.ts';
import {
  judgeDerived,
  judgeOwned,
  judgeReserved,
  judgeShared,
  judgeUnowned,
} from './judge-owned.ts';
import { ALLOWED, findingOf, frozen, localOnly, type PathVerdict } from './path-verdict.ts';
import { describeGlob, isOwnPlace, type Place, placeOf } from './place.ts';
import { matchesNear, type Rulebook } from './rulebook.ts';
import { linkDestination, unsafeName, unsafeTarget } from './unsafe-name.ts';

/** Derived parts whose trigger changed in the agent's own part, by name. */
export type Triggered = ReadonlySet<string>;

/** What a change is judged by, besides the place its path lies in. */
export interface Judging {
  readonly rules: Rulebook;
  readonly triggered: Triggered;
  readonly facts: GuardFacts;
}

/**
 * Judges one change of an agent, whose path lies at `wide`, by the layers of `docs/ownership.md`, the
 * first that applies. The order of the policy's text plays no part.
 */
export function judgePath(
  wide: Place,
  change: Change,
  agent: Agent,
  judging: Judging,
): PathVerdict {
  const unsafe = unsafeName(change, judging.facts);
  if (unsafe !== null) return findingOf('unsafe-path', unsafe);
  const place = placeFor(wide, agent, change);
  const judged = judgePlace(place, change, agent, judging);
  if (judged.kind !== 'allowed') return judged;
  const stray = strayLink(judging, agent, change) ?? strayedLink(judging, agent, change);
  return stray === null ? ALLOWED : findingOf('unsafe-path', stray, place);
}

/** The same for someone who is not an agent: frozen warns, local refuses, nothing else applies. */
export function judgePathOfHuman(place: Place, change: Change): PathVerdict {
  switch (place.layer) {
    case 'local':
      if (change.operation !== 'delete') return localOnly(place);
      return place.near === null ? ALLOWED : judgePathOfHuman(place.near, change);
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

/**
 * Where the path lies for this agent: one whose `owns` names a control file sees below that layer. That what
 * is local may be deleted is a grant, and grants match exactly: below it lies what only looks like it.
 */
function placeFor(wide: Place, agent: Agent, { path, operation }: Change): Place {
  const leaves = wide.layer === 'local' && operation === 'delete' && wide.near !== null;
  const place = leaves ? wide.near : wide;
  const lifted = place.layer === 'control' && namesControl(agent, path, place.glob);
  return lifted ? place.below : place;
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
  place: Place,
  change: Change,
  agent: Agent,
  { rules, triggered, facts }: Judging,
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
      return judgeShared(agent.id, place, change.path, facts);
    case 'derived':
      return judgeDerived(agent.id, place, triggered);
    case 'owned':
      return judgeOwned(agent.id, place);
    case 'unowned':
      return judgeUnowned(rules.ownership, place);
  }
}

/** Why a link may not be committed, or null when it stays in the agent's own part all the way. */
function strayLink(judging: Judging, agent: Agent, change: Change): string | null {
  const { path, operation, target } = change;
  if (operation !== 'symlink') return null;
  if (target === undefined) return 'a link whose target could not be read';
  const unsafe = unsafeTarget(target);
  if (unsafe !== null) return `a link whose text ${unsafe}`;
  // What the text says counts too: the links on the way may change.
  const written = [target, target.replaceAll('\\', '/')].map((text) => linkDestination(path, text));
  if (written.includes(null)) return `a link that leaves the repository: ${target}`;
  const where = leadsOut(judging, agent, judging.facts.linkEnds?.get(path) ?? [], written);
  return where && `a link that ${where}`;
}

/** Why a change of a link may not be committed that makes another link of the agent leave its part, or null. */
function strayedLink(judging: Judging, agent: Agent, { path }: Change): string | null {
  for (const { link, ends } of judging.facts.movedLinks?.get(path) ?? []) {
    const where = isAgents(judging, agent, link) ? leadsOut(judging, agent, ends) : null;
    if (where !== null) return `with this, the link ${link} ${where}`;
  }
  return null;
}

/**
 * How a link gets out of the agent's own part, or null when it does not.
 *
 * @param texts where it leads by its text alone
 */
function leadsOut(
  judging: Judging,
  agent: Agent,
  ends: readonly LinkEnd[],
  texts: readonly (string | null)[] = [],
): string | null {
  if (ends.some(({ kind }) => kind === 'outside')) return 'leaves the repository through others';
  if (ends.some(({ kind }) => kind === 'endless')) return 'leads through too many others';
  const inside = ends.filter((end) => end.kind === 'inside');
  const ways = inside.flatMap(({ through, path }) => [...through.slice(1), path]);
  const last: readonly (string | null)[] =
    inside.length > 0 ? inside.map(({ path }) => path) : texts;
  const stray = [...texts, ...ways].find((place) => !isAgents(judging, agent, place as RepoPath));
  return stray === undefined
    ? null
    : `leaves the part of ${agent.id}: it leads ${last.includes(stray) ? 'to' : 'through'} ${stray}`;
}

const isAgents = ({ rules }: Judging, agent: Agent, path: RepoPath): boolean =>
  isOwnPlace(placeOf(rules, path), agent.id) && firstFolded(agent.forbidden, path) === undefined;

function firstFolded(globs: readonly Glob[], path: RepoPath): Glob | undefined {
  if (globs.length === 0) return undefined;
  const folded = foldPath(path);
  return globs.find((glob) => matchesNear(glob, path, folded));
}
