import type { Branch } from './fleet-branch.ts';
import type { FleetContext } from './open/context.ts';
import type { Member } from './open/members.ts';
import type { SilentBreak } from '../../domain/reports/overlap.ts';
import { UndoSearch } from '../semantics/undo-search.ts';
import { findBreaks } from './find-breaks.ts';
import { pairMergeName, mergePairs } from './pairs/merge-pairs.ts';
import type { PairMerge } from './pairs/pair-merge.ts';
import { type Kinship, readBranches, soloName } from './read-branches.ts';
import { doubtRenames, type Doubts } from './rename-doubts.ts';
import { type Contacts, readContacts } from './replay/contacts.ts';
import { Landings } from './replay/landings.ts';
import { type PairDirections, tryDirections } from './replay/try-directions.ts';
import { landEach } from './solo/land-each.ts';
import { noteMade } from './solo/note-made.ts';

/** Everything found out about a fleet. Branches are named by their index. */
export interface FleetSurvey {
  readonly branches: readonly Branch[];
  readonly meetings: readonly PairMerge[];
  readonly kinship: Kinship;
  readonly contacts: Contacts;
  readonly landings: Landings;
  /** The pairs that were landed both ways round. */
  readonly directions: readonly PairDirections[];
  readonly breaks: readonly SilentBreak[];
}

/** Lands every branch on the base, and lets every pair meet there that could collide, both ways round where that matters. */
export async function surveyFleet(
  context: FleetContext,
  members: readonly Member[],
): Promise<FleetSurvey> {
  const { branches, kinship } = await readBranches(context, members);
  noteMade(context, branches);
  const search = new UndoSearch(context.session.workspace.repo, context.base.commit);
  if (branches.some(({ tip, recalled }) => tip !== null && !recalled)) search.start();
  const landed = await landEach(context, branches);
  const meetings = await mergePairs(context, landed, kinship);
  const doubts = await doubtRenames(context, landed, meetings);
  remember(context, landed, meetings, doubts);
  const believed = meetings.map((meeting) =>
    doubts.meetings.has(meeting) ? { ...meeting, conflicts: null } : meeting,
  );
  const contacts = await readContacts(context, landed, kinship);
  const landings = new Landings(context, landed, contacts);
  const directions = await tryDirections(context, landed, contacts, landings);
  const breaks = await findBreaks(context, landed, believed, search);
  return { branches: landed, meetings: believed, kinship, contacts, landings, directions, breaks };
}

/** Keeps what was found out in this run, except what is in doubt. */
function remember(
  context: FleetContext,
  branches: readonly Branch[],
  meetings: readonly PairMerge[],
  doubts: Doubts,
): void {
  const { memory } = context;
  for (const branch of branches)
    if (branch.solo && !branch.recalled && !doubts.branches.has(branch))
      // A tree that git made is gone with the lab.
      memory.store(soloName(context, branch.member), { ...branch.solo, tree: null });
  for (const meeting of meetings) {
    const { source, conflicts, candidate } = meeting;
    const merged = source !== 'lines' && source !== 'memory';
    if (merged && conflicts && !doubts.meetings.has(meeting))
      memory.store(pairMergeName(context, branches, candidate), conflicts);
  }
}
