import { recordHandoff } from '../../core/handoffs/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { HandoffRunData } from '../../domain/reports/handoff.ts';
import type { Agent } from '../../domain/ownership.ts';
import type { Oid } from '../../domain/refs.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import type { Validation } from '../../domain/validation.ts';
import { validationLogs } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { interruptible } from '../../host/signals.ts';
import { changeHandoff } from '../../services/handoffs/change-handoff.ts';
import { describeRun, handoffCandidate } from '../../services/handoffs/handoff-candidate.ts';
import { phaseRow } from '../../services/phases/phase-row.ts';
import { actingAgent } from '../../services/session/acting-agent.ts';
import { type PolicySession, withPolicy } from '../../services/session/session.ts';
import { approveCommands } from '../../services/validation/approve-commands.ts';
import { runValidation } from '../../services/validation/run-validation.ts';
import type { WatchedCheckout } from '../../services/validation/tree-moment.ts';
import { validateCommands } from '../../services/validation/validate-commands.ts';
import { validationNotes } from '../../services/validation/validation-notes.ts';
import { setupCommands } from '../../services/worktrees/add/approve-setup.ts';
import { agentEnvironment } from '../../services/worktrees/agent-environment.ts';
import { withCheckout } from '../../services/worktrees/with-checkout.ts';

export interface HandoffRunOptions {
  readonly agent?: string | undefined;
  /** The commands may run. */
  readonly yes?: boolean;
  /** In a checkout that is thrown away, not in this worktree. */
  readonly checkout?: boolean;
  readonly offline?: boolean;
}

/** Runs the commands of an agent on what is checked out there. */
function validateIn(
  session: PolicySession,
  agent: Agent,
  checkout: WatchedCheckout,
  signal: AbortSignal,
): Promise<Validation> {
  const { host, policy, workspace } = session;
  const { directory } = checkout.repo;
  return runValidation(host.files, {
    commands: agent.validate,
    directory,
    environment: agentEnvironment(session, agent, directory),
    timeout: policy.ownership.validation.timeout,
    logs: validationLogs(workspace.location, `handoff-${agent.id}`),
    watched: checkout,
    signal,
    onEvent: validationNotes(host, agent.id),
  });
}

/** Runs them on a commit in a checkout of its own, after what sets a worktree up. */
function validateElsewhere(
  session: PolicySession,
  agent: Agent,
  commit: Oid,
  signal: AbortSignal,
): Promise<Validation> {
  const { host, policy, workspace } = session;
  return withCheckout(session, `handoff-${agent.id}`, commit, async (checkout) => {
    const { directory } = checkout.repo;
    const setup = await runValidation(host.files, {
      commands: policy.ownership.worktrees.setup,
      directory,
      environment: agentEnvironment(session, agent, directory),
      timeout: policy.ownership.validation.timeout,
      logs: validationLogs(workspace.location, `handoff-${agent.id}-setup`),
      watched: null,
      stopAtFirst: true,
      signal,
      onEvent: validationNotes(host, agent.id),
    });
    const failed = setup.runs.find(({ verdict }) => verdict !== 'pass');
    if (failed && !signal.aborted)
      throw new Failure('policy', `the setup did not pass: ${failed.text}: ${failed.reason}`, [
        hintTo('see its output', `cat ${shellQuote(failed.log)}`),
      ]);
    return validateIn(session, agent, checkout, signal);
  });
}

const VERDICT = { pass: 'allowed', fail: 'refused', undecided: 'undecided' } as const;

/**
 * Runs the agent's `validate` in this worktree, or in a checkout of its own, and records for which commit it came to what.
 *
 * @throws Failure when there is nothing to run, something is not committed, nobody approves the
 *   commands, or this was ended: then nothing is recorded.
 */
export function runHandoffRun(
  host: Host,
  options: HandoffRunOptions,
): Promise<Report<HandoffRunData>> {
  return withPolicy(host, async (session) => {
    const { policy } = session;
    const command = 'bailiwick handoff run';
    const acting = actingAgent(session, options.agent, command);
    if (!acting.ok)
      throw new Failure('usage', acting.error.message, [
        hintTo('see who is acting here', 'bailiwick whoami'),
      ]);
    const agent = policy.ownership.agents.get(acting.value)!;
    if (agent.validate.length === 0)
      throw new Failure('policy', `${agent.id} has no commands to pass, so it cannot hand off`, [
        hintTo(`give it some, write agents.${agent.id}.validate in ownership.yml on the base`),
      ]);
    const elsewhere = options.checkout === true;
    const candidate = await handoffCandidate(session, elsewhere);
    const again = [
      command,
      ...(elsewhere ? ['--checkout'] : []),
      ...(options.agent === undefined ? [] : [`--agent ${agent.id}`]),
    ].join(' ');
    const consent = { yes: options.yes === true, command: again };
    const sets = [...(elsewhere ? [setupCommands(policy.ownership)] : []), validateCommands(agent)];
    await approveCommands(session, sets, consent);
    const validation = await interruptible((signal) =>
      elsewhere
        ? validateElsewhere(session, agent, candidate.commit, signal)
        : validateIn(session, agent, candidate.checkout, signal),
    );
    const stopped = validation.runs.find((each) => each.stopped !== null)?.stopped;
    if (stopped) throw new Failure('io', `${stopped}: nothing was recorded`);
    const run = describeRun(session, agent, candidate, validation);
    const { notices } = await changeHandoff(session, agent.id, options, (current, moment) =>
      recordHandoff(current, { agent: agent.id, branch: candidate.branch, run }, moment),
    );
    const all = [...policy.ownership.agents.values()];
    const next = all.filter(({ after }) => after.includes(agent.id));
    return reportOf('handoff run', {
      agent: agent.id,
      policy: policy.source,
      findings: [],
      verdict: VERDICT[run.verdict],
      data: {
        verb: 'run',
        branch: candidate.branch,
        run,
        commands: validation.runs,
        after: await Promise.all(next.map(({ id }) => phaseRow(session, id))),
        notices: [...policy.notices, ...notices],
      },
    });
  });
}
