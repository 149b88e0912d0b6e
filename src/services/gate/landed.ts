import { landedOutOfPart } from '../../core/guard/landed-out-of-part.ts';
import { type GateVerdict, uniteVerdicts } from '../../core/guard/unite-verdicts.ts';
import { Failure } from '../../domain/failure.ts';
import { sortFindings } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { GateRequest } from '../../domain/options/gate-request.ts';
import type { PullRequest } from '../../domain/pull-request.ts';
import { type BranchName, isNullOid, type Oid } from '../../domain/refs.ts';
import { firstParentSteps, type LineStep } from '../../git/history/first-parent-steps.ts';
import type { LandingRecords } from '../../domain/reports/land.ts';
import { landingRecords, RECENT_RECEIPTS } from '../landing/landing-records.ts';
import { fetchReceipts } from '../remote/receipts.ts';
import { trackingRef } from '../remote/anchor.ts';
import { fetchPolicies } from '../remote/contents.ts';
import { withSession } from '../session/session.ts';
import type { GateOptions } from './gate-options.ts';
import type { OpenGate } from './open-gate.ts';
import { judgeAgainst } from './pull-request.ts';

type Landed = Extract<GateRequest, { kind: 'landed' }>;

/** What landed, and the pull requests it came by. */
export interface JudgedLanding extends GateVerdict {
  readonly pullRequests: readonly PullRequest[];
  /** How it came to the base; null where that is not asked. */
  readonly landings: LandingRecords | null;
}

/** Steps of one push that are judged; each asks GitHub whose it is. */
const MOST_STEPS = 50;

/**
 * Judges what really landed on the base, one step of its own line after another, each by the policy and
 * on the tip of that moment: a check that was green for an older base may have let something through.
 */
export async function judgeLanded(
  gate: OpenGate,
  landed: Landed,
  pullRequestsOf: GateOptions['pullRequestsOf'],
): Promise<JudgedLanding> {
  const { before, after, target } = landed;
  if (isNullOid(before))
    return nothing(`${target} was made just now: nothing was there to land on`);
  const steps = await firstParentSteps(gate.copy.repo, before, after, MOST_STEPS + 1);
  if (steps.length > MOST_STEPS)
    throw new Failure('git', `more than ${MOST_STEPS} commits landed on ${target} at once`, [
      hintTo('judge them', `bailiwick check --range ${before}..${after}`),
    ]);
  await fetchReceipts(gate.copy, target, RECENT_RECEIPTS);
  const most = steps.length;
  const landings = await landingRecords(gate.session, { base: target, tip: after, most });
  const verdicts: GateVerdict[] = [];
  const pullRequests = new Map<number, PullRequest>();
  for (const group of await byPullRequest(steps, landed, pullRequestsOf)) {
    if (group.pullRequest) pullRequests.set(group.pullRequest.number, group.pullRequest);
    verdicts.push(await judgeStep(gate, landed, group));
  }
  return { ...uniteVerdicts(verdicts, []), pullRequests: [...pullRequests.values()], landings };
}

const nothing = (notice: string): JudgedLanding => ({
  subjects: [],
  findings: [],
  remedy: null,
  control: [],
  notices: [notice],
  pullRequests: [],
  landings: null,
});

/** Steps that came by one pull request, or one that came by none. */
interface LandedGroup {
  readonly before: Oid;
  readonly commit: Oid;
  readonly pullRequest: PullRequest | null;
  readonly notices: readonly string[];
}

async function byPullRequest(
  steps: readonly LineStep[],
  { target }: Landed,
  pullRequestsOf: GateOptions['pullRequestsOf'],
): Promise<LandedGroup[]> {
  const groups: LandedGroup[] = [];
  for (const { before, commit } of steps) {
    const asked = await pullRequestsOf(commit);
    const found = asked.ok ? asked.value : [];
    const pullRequest = found.find((one) => one.target === target) ?? null;
    const notices = asked.ok
      ? []
      : [`it could not be asked how ${commit.slice(0, 10)} landed: ${asked.error}`];
    const last = groups.at(-1);
    // A pull request that was rebased lands in several steps.
    if (last?.pullRequest && last.pullRequest.number === pullRequest?.number)
      groups[groups.length - 1] = { ...last, commit };
    else groups.push({ before, commit, pullRequest, notices });
  }
  return groups;
}

async function judgeStep(
  { copy, reviewsOf }: OpenGate,
  { target, sender }: Landed,
  { before, commit, pullRequest, notices }: LandedGroup,
): Promise<GateVerdict> {
  standAt(copy, target, before);
  await fetchPolicies(copy, [before, commit]);
  return withSession(copy.host, async (session) => {
    const { policy } = session;
    // The one that brings the first policy was judged by none.
    if (policy === null) return nothing(`there was no policy before ${commit.slice(0, 10)}`);
    const pushed: PullRequest = {
      number: 0,
      title: '',
      author: sender,
      branch: null,
      head: commit,
      own: true,
      target,
      draft: false,
      locked: false,
      labels: null,
      opened: 0,
    };
    const judged = await judgeAgainst(
      { copy, session: { ...session, policy }, reviewsOf },
      { ...(pullRequest ?? pushed), head: commit },
      { name: `origin/${target}`, tip: before },
      { when: 'landed', reviewed: pullRequest?.head ?? commit },
    );
    const landing = { number: pullRequest?.number ?? null, before, commit };
    const findings = sortFindings(landedOutOfPart(judged.findings, landing));
    return { ...judged, findings, remedy: null, notices: [...judged.notices, ...notices] };
  });
}

/** Lets the copy be as the remote was before a step: that moment's policy is to judge. */
const standAt = (copy: OpenGate['copy'], target: BranchName, commit: Oid): void =>
  copy.host.files.write(`${copy.repo.directory}/${trackingRef(target)}`, `${commit}\n`);
