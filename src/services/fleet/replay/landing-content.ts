import { directoriesAddedTo } from '../../../core/overlap/reach.ts';
import type { Entry } from '../../../domain/change.ts';
import { directoriesAbove, type RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import { partnerOf } from '../fleet-branch.ts';
import type { FleetContext } from '../open/context.ts';
import type { Contacts } from './contacts.ts';
import type { LandingStep } from './landed-state.ts';

/**
 * The paths that matter most when a branch lands: where it changed something, and where those did that it can
 * meet and that have landed.
 */
export function pathsMet(contacts: Contacts, { from, branch }: LandingStep): Set<RepoPath> {
  const { ref } = branch.member;
  const touching = contacts.touching(ref);
  const met = new Set<RepoPath>(contacts.reach(ref).changes.map(({ path }) => path));
  for (let at = from; at.step !== null; at = at.step.from)
    if (touching.has(at.step.branch.member.ref))
      for (const path of at.changes.keys()) met.add(path);
  return met;
}

/**
 * Everything that landing a branch as a whole depends on, besides the settings: its own commit, what stands
 * now where it or those that it can meet changed something, and whose history it shares. What others changed
 * within files stays as it is, whoever lands. Where something is gone that the branch changed or adds to, git
 * looks for where it went, so that every change counts.
 */
export function landingContent(
  { base, options }: FleetContext,
  contacts: Contacts,
  step: LandingStep,
): string {
  const { from, branch } = step;
  const entangled = contacts.entangledWith(branch.member.ref);
  const paths = pathsMet(contacts, step);
  const all = new Set<RepoPath>();
  const history: Oid[] = [];
  for (let at = from; at.step !== null; at = at.step.from) {
    const { member, tip } = at.step.branch;
    for (const path of at.changes.keys()) all.add(path);
    if (entangled.has(member.ref)) history.unshift(tip!.commit.commit);
  }
  if (isLookedFor(contacts, step, all)) for (const path of all) paths.add(path);
  const entries = [...paths].sort().map((path) => [path, entryText(from.entry(path))]);
  const shared = options.land === 'merge' ? history : [];
  return JSON.stringify([base.commit, branch.tip!.commit.commit, shared, entries]);
}

/** Whether git would look where something went that the base or those who landed did away with. */
function isLookedFor(
  contacts: Contacts,
  { from, branch }: LandingStep,
  changed: ReadonlySet<RepoPath>,
): boolean {
  if (!partnerOf(branch)!.byFiles) return true;
  const reach = contacts.reach(branch.member.ref);
  const own = new Set(reach.changes.map(({ path }) => path));
  const addedTo = directoriesAddedTo(reach);
  const isKept = (path: RepoPath): boolean => from.entry(path)?.mode.startsWith('100') ?? false;
  const isSought = (path: RepoPath): boolean =>
    own.has(path) ||
    directoriesAbove(path).some((above) => addedTo.has(above) && contacts.dissolving.has(above));
  return [...changed].some((path) => !isKept(path) && isSought(path));
}

const entryText = (entry: Entry | null | undefined): string | null | undefined =>
  entry ? `${entry.mode} ${entry.oid}` : entry === null ? null : '';
