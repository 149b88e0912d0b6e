import { askForBranch } from '../../core/guard/ask-remedy.ts';
import {
  type BranchPlace,
  putBackAll,
  putBackOne,
  settleFirst,
} from '../../core/guard/remedies/put-back.ts';
import type { Finding } from '../../domain/finding.ts';
import { agentOf, type Identity } from '../../domain/identity.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { BranchName, Oid } from '../../domain/refs.ts';
import type { PolicySession } from '../session/session.ts';
import type { BaseToLandOn, BranchChanges } from './branch-changes.ts';
import type { PlaceOfBranch } from './branch-place.ts';
import { judge, type Judgement } from './judge.ts';
import type { LandingBranch } from './changes-to-judge.ts';

/** What is judged of a branch, and where it can be put right. */
export interface JudgedBranch {
  readonly against: BaseToLandOn;
  readonly head: Oid;
  /** Null for what is no branch: an oid, a tag. */
  readonly branch: BranchName | null;
  /** See `LandingBranch`. */
  readonly counts?: LandingBranch['counts'];
  readonly bring?: LandingBranch['bring'];
  readonly facts: BranchChanges;
  /** Asked only where something is refused. */
  readonly placeOf: () => Promise<PlaceOfBranch>;
}

/** Judges what landing a branch would change, and says for each refused path how to take it out again. */
export async function judgeBranchChanges(
  session: PolicySession,
  identity: Identity,
  { against, head, branch, counts, bring, facts, placeOf }: JudgedBranch,
): Promise<Judgement> {
  const landing: LandingBranch = {
    branch,
    head,
    base: against.commit,
    ...(counts && { counts }),
    ...(bring && { bring }),
  };
  const judged = await judge(session, identity, { ...facts, landing });
  const refused = refusedPaths(judged.findings);
  if (judged.remedy !== null || refused.size === 0) return judged;
  // Loaded only where something is refused: it hashes and packs.
  const { planPutBack, uncommittedIn } = await import('./plan-put-back.ts');
  const { place, workTree } = await placeOf();
  const { changes } = facts;
  const plan = await planPutBack(session, { against, head, changes, refused });
  if (plan === null) return withHint(judged, settleFirst(against.name, place));
  const uncommitted =
    workTree === null ? 'none' : await uncommittedIn(session.host, workTree, plan);
  const ask = askForBranch(judged.findings, changes, branch ?? agentOf(identity));
  const full = { ...plan, uncommitted, ask };
  return {
    ...judged,
    findings: judged.findings.map((finding) => withOwnHint(finding, full, place)),
    remedy: putBackAll(full, place),
  };
}

const refusedPaths = (findings: readonly Finding[]): ReadonlySet<RepoPath> =>
  new Set(
    findings.flatMap(({ path, severity }) =>
      severity === 'error' && path !== undefined ? path : [],
    ),
  );

const withOwnHint = (
  finding: Finding,
  plan: Parameters<typeof putBackOne>[0],
  place: BranchPlace,
): Finding => {
  const { path, hint, severity } = finding;
  if (path === undefined || hint !== undefined || severity !== 'error') return finding;
  return { ...finding, hint: putBackOne(plan, path, place) };
};

const withHint = (judged: Judgement, hint: NonNullable<Judgement['remedy']>): Judgement => ({
  ...judged,
  findings: judged.findings.map((finding) =>
    finding.path === undefined || finding.hint !== undefined || finding.severity !== 'error'
      ? finding
      : { ...finding, hint },
  ),
  remedy: hint,
});
