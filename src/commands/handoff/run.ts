import { recordHandoff } from '../../core/handoffs/transitions.ts';
import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Report, reportOf } from '../../domain/report.ts';
import type { HandoffRunData } from '../../domain/reports/handoff.ts';
import { validationLogs } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { interruptible } from '../../host/signals.ts';
import { changeHandoff } from '../../services/handoffs/change-handoff.ts';
import { describeRun, handoffCandidate } from '../../services/handoffs/handoff-candidate.ts';
import { phaseRow } from '../../services/phases/phase-row.ts';
import { actingAgent } from '../../services/session/acting-agent.ts';
import { withPolicy } from '../../services/session/session.ts';
import { approveCommands } from '../../services/validation/approve-commands.ts';
import { runValidation } from '../../services/validation/run-validation.ts';
import { validateCommands } from '../../services/validation/validate-commands.ts';
import { validationNotes } from '../../services/validation/validation-notes.ts';
import { agentEnvironment } from '../../services/worktrees/agent-environment.ts';

export interface HandoffRunOptions {
  readonly agent?: string | undefined;
  /** The commands may run. */
  readonly yes?: boolean;
  readonly offline?: boolean;
}

const VERDICT = { pass: 'allowed', fail: 'refused', undecided: 'undecided' } as const;

/**
 * Runs the agent's `validate` in this worktree, and records for which commit it came to what.
 *
 * @throws Failure when there is nothing to run, something is not committed, nobody approves the
 *   commands, or this was ended: then nothing is recorded.
 */
export function runHandoffRun(
  host: Host,
  options: HandoffRunOptions,
): Promise<Report<HandoffRunData>> {
  return withPolicy(host, async (session) => {
    const { policy, workspace } = session;
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
    const candidate = await handoffCandidate(session);
    const again = options.agent === undefined ? command : `${command} --agent ${agent.id}`;
    const consent = { yes: options.yes === true, command: again };
    await approveCommands(session, [validateCommands(agent)], consent);
    const directory = candidate.checkout.repo.directory;
    const environment = agentEnvironment(session, agent, directory);
    const validation = await interruptible((signal) =>
      runValidation(host.files, {
        commands: agent.validate,
        directory,
        environment,
        timeout: policy.ownership.validation.timeout,
        logs: validationLogs(workspace.location, `handoff-${agent.id}`),
        watched: candidate.checkout,
        signal,
        onEvent: validationNotes(host, agent.id),
      }),
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
