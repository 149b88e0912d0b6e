import { LONGEST_MESSAGE, MOST_PATHS } from '../../core/requests/parse-request.ts';
import type { RequestDraft } from '../../core/requests/request-actor.ts';
import { openRequest } from '../../core/requests/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { AgentId } from '../../domain/ids.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { RequestChangeData } from '../../domain/reports/request.ts';
import { parseRequestId, type RequestPriority } from '../../domain/states/change-request.ts';
import { unstagePaths } from '../../git/worktree/unstage-paths.ts';
import type { Host } from '../../host/host.ts';
import { changedParts, unchangedParts } from '../../services/proposals/changed-parts.ts';
import { changeRequest, type RequestChange } from '../../services/proposals/change-request.ts';
import {
  checkExtent,
  makeProposal,
  type Proposal,
  proposalParent,
} from '../../services/proposals/make-proposal.ts';
import {
  wantedChanges,
  type WantedChanges,
  type WantedGroup,
} from '../../services/proposals/wanted-changes.ts';
import { actingAgent } from '../../services/session/acting-agent.ts';
import { currentBranch } from '../../services/session/identify.ts';
import { type PolicySession, withPolicy } from '../../services/session/session.ts';

export interface RequestOpenOptions {
  readonly paths: readonly string[];
  readonly message?: string | undefined;
  readonly staged?: boolean;
  readonly to?: string | undefined;
  readonly priority?: number;
  readonly withBranch?: boolean;
  readonly agent?: string | undefined;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Asks the owners of what an agent may not change to take the change: the patch becomes a commit that
 * the request keeps, and leaves the index. The work tree stays as it is.
 *
 * @throws Failure when there is nothing to ask for, or nobody is acting who could ask
 */
export function runRequestOpen(
  host: Host,
  options: RequestOpenOptions,
): Promise<Report<RequestChangeData>> {
  return withPolicy(host, async (session) => {
    const message = readMessage(options);
    const acting = actingAgent(session, options.agent, 'bailiwick request open -m <why>');
    if (!acting.ok)
      return reportOf('request open', unchangedParts(session, 'open', [acting.error]));
    const agent = acting.value;
    const parent = await proposalParent(session);
    const wanted = await wantedChanges(session, agent, {
      paths: options.paths,
      staged: options.staged === true,
      parent,
    });
    const groups = wanted.groups.map((group) => addressed(group, options.to));
    const changes: RequestChange[] = [];
    for (const group of groups) {
      const proposal = await makeProposal(session, agent, parent, group, message);
      if (proposal === null) continue;
      checkExtent(proposal, MOST_PATHS);
      changes.push(await openOne(session, agent, group, proposal, message, options));
    }
    if (changes.length === 0) throw nothingToAsk(agent, wanted);
    const refused = changes.some(({ outcome }) => outcome === 'refused');
    const unstaged = refused ? [] : wanted.staged;
    if (options.dryRun !== true)
      await unstagePaths(session.workspace.repo, unstaged, wanted.source);
    const left = [...wanted.never].map(([path, why]) => `${path} cannot be asked for: ${why}`);
    const { dryRun = false } = options;
    const parts = changedParts(session, { verb: 'open', agent, changes, dryRun, unstaged, left });
    return reportOf('request open', parts);
  });
}

/** One request. Its id is as long as it takes to be no other's. */
async function openOne(
  session: PolicySession,
  agent: AgentId,
  { to, patch }: WantedGroup,
  { commit, changes }: Proposal,
  message: string,
  options: RequestOpenOptions,
): Promise<RequestChange> {
  const { host, workspace } = session;
  for (const length of [7, 12, commit.length]) {
    const id = parseRequestId(`q${commit.slice(0, length)}`)!;
    const draft: RequestDraft = {
      id,
      from: agent,
      to,
      priority: (options.priority ?? 2) as RequestPriority,
      message,
      branch: currentBranch(host, workspace.location),
      proposal: commit,
      patch,
      withBranch: options.withBranch === true,
      changes,
      host: host.hostname().slice(0, 255),
    };
    const change = await changeRequest(session, {
      id,
      agent,
      offline: options.offline,
      dryRun: options.dryRun,
      decide: (current, _asked, moment) => openRequest(current, draft, moment),
    });
    const taken = change.transition.kind === 'refuse' && change.transition.because === 'taken';
    if (!taken) return change;
  }
  throw new Failure('internal', `no id is left for ${commit}`);
}

function readMessage({ message = '' }: RequestOpenOptions): string {
  if (message.trim() === '')
    throw new Failure('usage', 'nobody can decide what they are not told the reason of', [
      hintTo('say what it is for, add -m <why>'),
    ]);
  if (message.length > LONGEST_MESSAGE)
    throw new Failure('usage', `--message is longer than ${LONGEST_MESSAGE} characters`);
  return message;
}

/** @throws Failure `usage` when the one to be asked cannot decide it */
function addressed(group: WantedGroup, to: string | undefined): WantedGroup {
  if (to === undefined) return group;
  const one = group.to.find((id) => id === to);
  if (one !== undefined) return { ...group, to: [one] };
  const whom = group.to.length === 0 ? 'a person' : group.to.join(' or ');
  throw new Failure(
    'usage',
    `${to} does not decide about ${group.changes[0]!.path}: ${whom} does`,
    [hintTo('ask whoever does, leave out --to')],
  );
}

function nothingToAsk(agent: AgentId, { never, own, groups }: WantedChanges): Failure {
  const [first] = never;
  if (first !== undefined)
    return new Failure('usage', `${first[0]} cannot be asked for: ${first[1]}`, [
      hintTo('see whose it is and why', `bailiwick owner ${shellQuote(`:/${first[0]}`)}`),
    ]);
  if (groups.length > 0)
    return new Failure('usage', 'the base branch has all of this already', [
      hintTo('take it over', 'git merge origin/main'),
    ]);
  if (own.length > 0)
    return new Failure('usage', `${own[0]} is ${agent}'s to change: there is nobody to ask`, [
      hintTo('see what a commit would be told', 'bailiwick check'),
    ]);
  return new Failure('usage', 'nothing is staged that has to be asked for', [
    hintTo('ask for a change of the work tree, name its files'),
  ]);
}
