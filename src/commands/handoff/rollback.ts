import { rollBackHandoff } from '../../core/handoffs/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { type BranchName, branchRef, type Oid } from '../../domain/refs.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { HandoffRollbackData } from '../../domain/reports/handoff.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { Remote } from '../../git/remote/remote.ts';
import { moveBack } from '../../git/worktree/move-back.ts';
import type { Host } from '../../host/host.ts';
import { changeHandoff } from '../../services/handoffs/change-handoff.ts';
import { handoffPlace } from '../../services/handoffs/handoff-place.ts';
import { locateWorktrees } from '../../services/layout/locate-worktrees.ts';
import { type RollbackFacts, rollbackFacts } from '../../services/phases/rollback-facts.ts';
import { namedAgent } from '../../services/session/named-agent.ts';
import { type PolicySession, withPolicy } from '../../services/session/session.ts';
import { moveLocalRefs } from '../../services/state/move-local-refs.ts';
import { pushRefs, REMOTE } from '../../services/state/push-refs.ts';
import { readState } from '../../services/state/state-place.ts';
import { treeMoment } from '../../services/validation/tree-moment.ts';

export interface HandoffRollbackOptions {
  readonly name: string;
  /** Also on the remote. */
  readonly push?: boolean;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Takes an agent's branch back to the commit that passed last. The tip it had is kept by the handoff.
 *
 * @throws Failure when something would be lost or others build on it; nothing has been done by then
 */
export function runHandoffRollback(
  host: Host,
  options: HandoffRollbackOptions,
): Promise<Report<HandoffRollbackData>> {
  return withPolicy(host, async (session) => {
    const agent = namedAgent(session, options.name);
    const read = await readState(session.reader, handoffPlace(agent));
    if (!read.ok) throw read.error;
    const see = hintTo('see what was handed off', `bailiwick handoff show ${agent}`);
    const branch = read.value?.branch;
    const to = read.value?.passed?.commit;
    if (branch === undefined || to === undefined)
      throw new Failure(
        'usage',
        `nothing of ${agent} has passed, so there is nothing to go back to`,
        [see],
      );
    const facts = await rollbackFacts(session, branch, to);
    if (facts === null || !facts.hasPass)
      throw new Failure('usage', `${branch} does not have ${to.slice(0, 10)}, which passed`, [see]);
    refuseLoss(agent, branch, facts, options);
    const checkout = await cleanCheckout(session, branch);
    const { transition, notices } = await changeHandoff(
      session,
      agent,
      options,
      (current, moment) =>
        rollBackHandoff(current?.passed?.commit === to ? current : null, facts, moment),
    );
    if (transition.kind === 'refuse')
      throw new Failure('usage', `${agent} has handed off meanwhile: nothing was done`, [see]);
    const moves = transition.kind === 'move';
    if (moves && options.dryRun !== true) await carryOut(session, { branch, to, facts, checkout });
    return reportOf('handoff rollback', {
      agent,
      policy: session.policy.source,
      findings: [],
      data: {
        verb: 'rollback',
        outcome: moves ? 'rolled-back' : 'unchanged',
        branch,
        from: facts.tip,
        to,
        dryRun: options.dryRun === true,
        notices: [...session.policy.notices, ...notices],
      },
    });
  });
}

function refuseLoss(
  agent: AgentId,
  branch: BranchName,
  { landed, stacked, pushed }: RollbackFacts,
  { push }: HandoffRollbackOptions,
): void {
  const refuse = (message: string, hint: Hint): never => {
    throw new Failure('usage', `${message}: nothing was done`, [hint]);
  };
  if (landed)
    refuse(
      `some of what is on ${branch} since the pass has landed`,
      hintTo('see it', `git log --oneline ${shellQuote(branch)}`),
    );
  if (stacked.length > 0)
    refuse(
      `${stacked.join(', ')} ${stacked.length === 1 ? 'is' : 'are'} built on what would go from ${branch}`,
      hintTo(
        'see it',
        `git log --oneline --graph ${shellQuote(branch)} ${shellQuote(stacked[0]!)}`,
      ),
    );
  if (pushed !== null && push !== true)
    refuse(
      `${branch} is on ${REMOTE} beyond the pass`,
      hintTo('take it back there as well', `bailiwick handoff rollback ${agent} --push`),
    );
}

/** Where the branch is checked out; null when it is nowhere. @throws Failure when something is not committed */
async function cleanCheckout(session: PolicySession, branch: BranchName) {
  const { host, workspace } = session;
  const all = await locateWorktrees(host, workspace, []);
  const there = all.find(({ ref, missing }) => ref === branchRef(branch) && !missing);
  if (there === undefined) return null;
  const { changed } = await treeMoment(host.files, there);
  if (changed.size === 0) return there;
  throw new Failure('usage', `${there.path} has what is not committed: nothing was done`, [
    hintTo('see it', `git -C ${shellQuote(there.path)} status`),
  ]);
}

async function carryOut(
  { host, workspace }: PolicySession,
  {
    branch,
    to,
    facts: { tip, pushed },
    checkout,
  }: {
    readonly branch: BranchName;
    readonly to: Oid;
    readonly facts: RollbackFacts;
    readonly checkout: Awaited<ReturnType<typeof cleanCheckout>>;
  },
): Promise<void> {
  const ref = branchRef(branch);
  const again = [hintTo('see where it is', `git log -1 ${shellQuote(branch)}`)];
  const remote = pushed === null ? null : await Remote.open(workspace.repo, REMOTE);
  if (remote !== null) {
    const moved = await pushRefs(remote, [{ ref, from: pushed, to }]);
    if (moved.kind === 'lost')
      throw new Failure('git', `${branch} has moved on ${REMOTE}: nothing was taken back`, again);
    if (moved.kind === 'silent')
      throw new Failure('git', `${REMOTE} did not answer: ${moved.words}`, again);
  }
  if (checkout === null) {
    const why = 'back to the commit that passed';
    const moved = await moveLocalRefs(host, workspace.repo, [{ ref, from: tip, to }], why);
    if (moved.kind === 'lost')
      throw new Failure('git', `${branch} has moved meanwhile: it was not taken back`, again);
    return;
  }
  const words = await moveBack(checkout.repo, to);
  if (words !== null) throw new Failure('git', `${branch} was not taken back: ${words}`, again);
}
