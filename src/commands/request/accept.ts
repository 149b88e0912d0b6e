import { conflictFinding } from '../../core/requests/findings.ts';
import type { RequestTransition } from '../../core/requests/transitions.ts';
import type { RequestDecider } from '../../core/requests/request-actor.ts';
import { applyRequest, grantRequest } from '../../core/requests/transitions.ts';
import { parseDuration } from '../../domain/text/duration.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import {
  type AppliedPatch,
  type ChangeRequest,
  LONGEST_GRANT,
  type RequestId,
  USUAL_GRANT,
} from '../../domain/states/change-request.ts';
import type { Host } from '../../host/host.ts';
import { applyPatch } from '../../services/proposals/apply-patch.ts';
import {
  changeRequest,
  readRequestId,
  type RequestChange,
} from '../../services/proposals/change-request.ts';
import { changedParts, unchangedParts } from '../../services/proposals/changed-parts.ts';
import { judgePatch } from '../../services/proposals/judge-patch.ts';
import { patchInCommit } from '../../services/proposals/patch-in-commit.ts';
import { requireAddable, takeCommit } from '../../services/proposals/take-commit.ts';
import {
  type ActorHere,
  branchToAddTo,
  requestActor,
} from '../../services/proposals/request-actor.ts';
import { type PolicySession, withPolicy } from '../../services/session/session.ts';

export interface RequestAcceptOptions {
  readonly id: string;
  readonly apply?: boolean;
  /** The change is in this commit already. */
  readonly commit?: string | undefined;
  /** `true`: as long as is usual. */
  readonly grant?: string | true | undefined;
  readonly agent?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** One acceptance, its terms settled. */
interface Accepting {
  readonly session: PolicySession;
  readonly options: RequestAcceptOptions;
  readonly id: RequestId;
  readonly actor: ActorHere;
}

/**
 * Says yes: the patch becomes a commit on the branch that is checked out, or the asker may change the
 * paths itself for a while. A conflict changes nothing.
 *
 * @throws Failure when there is no such request, or nowhere to put its patch
 */
export function runRequestAccept(
  host: Host,
  options: RequestAcceptOptions,
): Promise<Report<RequestChangeData>> {
  return withPolicy(host, async (session) => {
    const id = readRequestId(options.id);
    const actor = requestActor(session, options.agent);
    if (!actor.ok)
      return reportOf('request accept', unchangedParts(session, 'accept', [actor.error]));
    const accepting: Accepting = { session, options, id, actor: actor.value };
    if (options.grant !== undefined) return grant(accepting, readGrant(options.grant));
    if (options.apply === true || options.commit !== undefined) return apply(accepting);
    throw new Failure('usage', 'there are two ways to say yes', [
      hintTo('commit the patch here', `bailiwick request accept ${id} --apply`),
      hintTo('let the asker make the change', `bailiwick request accept ${id} --grant`),
    ]);
  });
}

/** @throws Failure `usage` for what is not a duration, or longer than a grant may last */
function readGrant(written: string | true): number {
  const time = written === true ? USUAL_GRANT : parseDuration(written);
  if (time !== null && time <= LONGEST_GRANT) return time;
  throw new Failure(
    'usage',
    time === null
      ? `--grant ${JSON.stringify(written)} is not a duration`
      : `--grant ${written} is longer than 24h`,
    [hintTo('give a time of at most 24h, write --grant 30m or --grant 2h')],
  );
}

async function grant(accepting: Accepting, time: number): Promise<Report<RequestChangeData>> {
  const change = await decide(accepting, (current, decider, moment) =>
    grantRequest(current, decider, moment.now + time, moment),
  );
  return answer(accepting, change);
}

async function apply(accepting: Accepting): Promise<Report<RequestChangeData>> {
  const { session, options, actor } = accepting;
  const nothing: AppliedPatch = { commit: '' as never, branch: null, changes: [], stackedOn: null };
  // First whether it can be accepted at all: nothing is written for what is refused.
  const first = await decide(
    accepting,
    (current, decider, moment) => applyRequest(current, decider, nothing, moment),
    true,
  );
  if (first.outcome === 'unchanged') return answer(accepting, await finish(accepting, first));
  if (first.outcome === 'refused') return answer(accepting, first);
  const branch = branchToAddTo(session, actor);
  const undone = { ...first, row: first.before };
  const { request } = undone.row;
  if (options.commit !== undefined) {
    const patch = await patchInCommit(session, request, options.commit, branch);
    return answer(accepting, await record(accepting, patch));
  }
  if (!request.patch)
    throw new Failure('usage', `request ${request.id} has no patch: it asks for leave`, [
      hintTo('give it', `bailiwick request accept ${request.id} --grant`),
    ]);
  const merged = await applyPatch(session, request, actor.agent);
  if (merged.kind === 'conflict') {
    const finding = conflictFinding(request, actor.agent, merged.paths, merged.with);
    return answer(accepting, { ...undone, outcome: 'conflict', findings: [finding] });
  }
  const judged = await judgePatch(session, actor.identity, merged.under, merged.patch.commit);
  if (judged.some(({ severity }) => severity === 'error'))
    return answer(accepting, { ...undone, outcome: 'refused', findings: judged });
  await requireAddable(session, merged.patch.commit);
  const change = await record(accepting, merged.patch);
  const all = { ...change, findings: [...change.findings, ...judged] };
  if (options.dryRun === true || change.outcome !== 'applied') return answer(accepting, all);
  await takeCommit(session, merged.patch.commit, request.id);
  return answer(accepting, all);
}

const record = (accepting: Accepting, patch: AppliedPatch): Promise<RequestChange> =>
  decide(accepting, (current, decider, moment) => applyRequest(current, decider, patch, moment));

/** It was accepted already; a kill in between may have left the branch without the commit. */
async function finish(
  { session, options }: Accepting,
  change: RequestChange,
): Promise<RequestChange> {
  const { applied, id } = change.row.request;
  const { location } = session.workspace;
  const here =
    applied !== null && applied.branch !== null && location.head === `refs/heads/${applied.branch}`;
  if (here && options.dryRun !== true) await takeCommit(session, applied.commit, id);
  return change;
}

const decide = (
  { session, options, id, actor }: Accepting,
  transition: (
    current: ChangeRequest | null,
    decider: RequestDecider,
    moment: RequestChange['moment'],
  ) => RequestTransition,
  dryRun = options.dryRun === true,
): Promise<RequestChange> =>
  changeRequest(session, {
    id,
    agent: actor.agent,
    offline: options.offline,
    dryRun,
    decide: (current, asked, moment) => transition(current, { ...actor, asked }, moment),
  });

const answer = (
  { session, options, actor }: Accepting,
  change: RequestChange,
): Report<RequestChangeData> =>
  reportOf(
    'request accept',
    changedParts(session, {
      verb: 'accept',
      agent: actor.agent,
      changes: [change],
      dryRun: options.dryRun === true,
    }),
  );
