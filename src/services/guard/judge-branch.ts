import { foreignMergeFinding, isAnsweredFor } from '../../core/guard/foreign-merge.ts';
import { type Finding, sortFindings } from '../../domain/finding.ts';
import type { Hint } from '../../domain/hint.ts';
import { agentOf, type Identity } from '../../domain/identity.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { BranchName, Oid, RefName } from '../../domain/refs.ts';
import { baseName } from '../session/base-name.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import { type BranchChanges, branchChanges, lineTo } from './branch-changes.ts';
import { type BranchNamed, branchPlace, renamePlace, type PlaceOfBranch } from './branch-place.ts';
import { foreignMerges } from './foreign/foreign-merges.ts';
import { judgeBranchChanges } from './judge-branch-changes.ts';
import { whoMade } from './foreign/who-made.ts';
import { judgeMigrations } from '../semantics/judge-migrations.ts';
import type { NamesSince } from '../semantics/judge-names.ts';
import { remedyIn } from '../semantics/remedy-in.ts';
import { judgeHistory } from '../semantics/judge-history.ts';
import { landedTips } from './landed-tips.ts';
import { limitAdvice } from './limit-advice.ts';
import { bypassAdvice } from './passed-commits.ts';

/** A branch that is to land on the base. */
export interface BranchToJudge extends BranchNamed {
  /** As people call it. */
  readonly name: string;
  /** Whether what landed before is looked through, and what the commits say: not where every process counts. */
  readonly withHistory?: boolean;
}

export interface BranchJudgement {
  readonly findings: readonly Finding[];
  readonly remedy: Hint | null;
  readonly notices: readonly string[];
  /** How many paths were judged. */
  readonly changes: number;
}

/** Whether the log says at once that a straight branch was made on itself, commit by commit. */
function isOwnWork(
  session: PolicySession,
  branch: BranchName | null,
  commits: readonly Oid[],
): boolean {
  const { made } = whoMade(session, branch);
  return commits.every((commit) => made.has(commit));
}

/** Loaded where it is asked for: a push waits for none of it. */
async function judgeMeaning(
  session: PolicySession,
  facts: BranchChanges,
  since: NamesSince,
  names: { readonly agent: AgentId | null; readonly branch: string; readonly base: string },
): Promise<Finding[]> {
  const [{ judgeNames }, { judgeVersions }, { judgeBumps }] = await Promise.all([
    import('../semantics/judge-names.ts'),
    import('../semantics/judge-versions.ts'),
    import('../semantics/judge-bumps.ts'),
  ]);
  return [
    ...(await judgeNames(session, since, names)),
    ...(await judgeVersions(session, since, names.agent)),
    ...(await judgeBumps(session, facts, { ...names, base: since.base })),
  ];
}

/** What breaks although it merges; where there is time for it, what the history of both sides says. */
async function judgeBesides(
  session: PolicySession,
  facts: BranchChanges,
  {
    named,
    agent,
    base,
    placeOf,
  }: {
    readonly named: BranchToJudge;
    readonly agent: AgentId | null;
    readonly base: { readonly commit: Oid; readonly ref: RefName };
    readonly placeOf: () => Promise<PlaceOfBranch>;
  },
): Promise<Finding[]> {
  const { head, branch, name, withHistory } = named;
  const names = { agent, branch: name, base: baseName(session) };
  let began: Promise<Oid> | null = null;
  const since = { fork: () => (began ??= facts.mergeBase()), base: base.commit, head };
  const history = { base: base.commit, head, branch, changes: facts.changes, request: null };
  const found = await Promise.all([
    judgeMigrations(session, facts, { ...names, placeOf: () => placeOf().then(renamePlace) }),
    withHistory === true ? judgeHistory(session, history, names) : [],
    withHistory === true ? judgeMeaning(session, facts, since, names) : [],
  ]);
  return found.flat();
}

/**
 * Judges what landing a branch would change, and whose commits came along: what the push hook and
 * `check --branch` have in common. Commits of another's open branch are one finding; what they change is
 * not blamed on this one a second time.
 */
export async function judgeBranch(
  session: PolicySession,
  identity: Identity,
  named: BranchToJudge,
): Promise<BranchJudgement> {
  const { head, branch, name } = named;
  const { policy } = session;
  const base = requireBase(policy);
  const landed = landedTips(session, branch);
  // Waited for where it is needed; it must not be unheard of if something else fails before.
  landed.catch(() => undefined);
  const line = await lineTo(session, base.commit, head);
  const agent = agentOf(identity);
  const foreign =
    agent === null || (line !== null && isOwnWork(session, branch, line.commits))
      ? []
      : await foreignMerges(session, {
          agent,
          branch,
          base: base.commit,
          head,
          landed: await landed,
        });
  const apart = foreign
    .filter((merge) => agent !== null && isAnsweredFor(policy.ownership, agent, merge))
    .map(({ ref, brought }) => ({ ref, oid: brought, local: false }));
  const against = {
    commit: base.commit,
    name: baseName(session),
    landed: landed.then((tips) => [...tips, ...apart]),
    line,
  };
  const facts = await branchChanges(session, against, head);
  let asked: Promise<PlaceOfBranch> | null = null;
  const placeOf = (): Promise<PlaceOfBranch> => (asked ??= branchPlace(session, identity, named));
  const [judged, ...besides] = await Promise.all([
    judgeBranchChanges(session, identity, { against, head, branch, facts, placeOf }),
    limitAdvice(session, identity, { name, head, facts }),
    bypassAdvice(session, identity, { branch, head }),
    judgeBesides(session, facts, { named, agent, base, placeOf }),
  ]);
  const came =
    agent === null || foreign.length === 0
      ? []
      : await placeOf().then(({ place }) =>
          foreign.map((merge) =>
            foreignMergeFinding(policy.ownership, { agent, head, place }, merge),
          ),
        );
  const first = came.find(({ severity, hint }) => severity === 'error' && hint?.command);
  return {
    findings: sortFindings([...came, ...judged.findings, ...besides.flat()]),
    remedy: first?.hint ?? judged.remedy ?? remedyIn(besides.flat()),
    notices: facts.notices,
    changes: facts.changes.length,
  };
}
