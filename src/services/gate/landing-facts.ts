import type { Oid } from '../../domain/refs.ts';
import { type BranchChanges, branchChanges } from '../guard/branch-changes.ts';
import type { LandedTip } from '../guard/landed-tips.ts';
import { fetchLandingContents } from '../remote/merge-contents.ts';
import type { OpenGate } from './open-gate.ts';

/** What the changes of a pull request are against. */
export interface Against {
  /** As git names it, for remedies: `origin/main`. */
  readonly name: string;
  readonly tip: Oid;
  /** Commits of others that came along: as if they had landed. */
  readonly landed?: readonly LandedTip[];
}

/** What landing a commit would change; see `branchChanges`. */
export async function landingFacts(
  { copy, session }: OpenGate,
  head: Oid,
  { name, tip, landed = [] }: Against,
): Promise<BranchChanges> {
  const brought = landed.map(({ oid }) => oid);
  await fetchLandingContents(copy, tip, head, brought);
  return branchChanges(session, { commit: tip, name, landed }, head);
}
