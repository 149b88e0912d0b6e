import type { Entry } from '../../../domain/change.ts';
import type { RepoPath } from '../../../domain/path.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { FleetContext } from '../open/context.ts';
import type { Contacts } from './contacts.ts';
import type { LandingStep } from './landed-state.ts';
import type { RenameSearch } from './rename-search.ts';

/**
 * The paths that matter most when a branch lands: where it changed something, and where those did that have
 * landed and that it can meet in other ways than in files that both changed and kept.
 */
export function pathsMet(contacts: Contacts, { from, branch }: LandingStep): Set<RepoPath> {
  const { ref } = branch.member;
  const entangled = contacts.entangledWith(ref);
  const met = new Set<RepoPath>(contacts.reach(ref).changes.map(({ path }) => path));
  for (let at = from; at.step !== null; at = at.step.from)
    if (entangled.has(at.step.branch.member.ref))
      for (const path of at.changes.keys()) met.add(path);
  return met;
}

/**
 * Everything that landing a branch as a whole depends on, besides the settings: its own commit, what stands
 * now where it or those that it can meet changed something, what decides where git finds again what is gone, and
 * whose history it shares. What others changed within files stays as it is, whoever lands.
 */
export async function landingContent(
  { base, options }: FleetContext,
  contacts: Contacts,
  search: RenameSearch,
  step: LandingStep,
): Promise<string> {
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
  for (const path of await search.decisive(step, all)) paths.add(path);
  const entries = [...paths].sort().map((path) => [path, entryText(from.entry(path))]);
  const shared = options.land === 'merge' ? history : [];
  return JSON.stringify([base.commit, branch.tip!.commit.commit, shared, entries]);
}

const entryText = (entry: Entry | null | undefined): string | null | undefined =>
  entry ? `${entry.mode} ${entry.oid}` : entry === null ? null : '';
