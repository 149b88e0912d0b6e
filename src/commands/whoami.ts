import { identityFinding } from '../core/identity/finding.ts';
import { agentNamed } from '../core/identity/resolve.ts';
import { agentPart } from '../core/locks/agent-part.ts';
import { Failure } from '../domain/failure.ts';
import { hintTo } from '../domain/hint.ts';
import { describePlan, type Plan } from '../domain/plan.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { WhoamiData } from '../domain/reports/whoami.ts';
import { worktreeStatePaths } from '../git/worktree/state-paths.ts';
import type { Host } from '../host/host.ts';
import { leasesFor } from '../services/guard/work/follow-locks.ts';
import { readLeases } from '../services/locks/read-leases.ts';
import { applyPlan } from '../services/plans/apply.ts';
import { currentBranch, identify, readBinding } from '../services/session/identify.ts';
import { type PolicySession, withPolicy } from '../services/session/session.ts';

export interface WhoamiOptions {
  readonly agent?: string | undefined;
  /** Binds the worktree to this agent; null unbinds it. */
  readonly bind?: string | null | undefined;
  /** Say what binding would do, and do nothing. */
  readonly dryRun?: boolean;
}

/**
 * Who is acting here, how that is known, and what it lets them change. Refused when the places that
 * say so disagree, or the policy wants an agent and there is none.
 *
 * @throws Failure when there is no usable policy, or a place names someone it does not know.
 */
export function runWhoami(host: Host, options: WhoamiOptions): Promise<Report<WhoamiData>> {
  return withPolicy(host, async (session) => {
    const { policy } = session;
    const plan = options.bind === undefined ? [] : planBinding(session, options.bind);
    if (options.dryRun !== true) await applyPlan(host, session.workspace.repo, plan);
    const { location } = session.workspace;
    const identity = identify(session, { option: options.agent });
    const strange = identityFinding(policy.ownership, identity);
    const agent = identity.kind === 'agent' ? identity.agent : null;
    const read = await readLeases(session.reader, policy.ownership);
    const leases = await leasesFor(session, agent, read);
    return reportOf('whoami', {
      agent,
      policy: policy.source,
      findings: strange ? [strange] : [],
      data: {
        identity,
        worktree: location.top,
        branch: currentBranch(host, location),
        binding: readBinding(host, location),
        steps: describePlan(plan),
        part: agent && agentPart(policy.ownership, agent, leases, host.now()),
      },
    });
  });
}

/** Writes or removes the worktree's binding, a file in its own git directory. */
function planBinding(
  { host, workspace, policy: { ownership } }: PolicySession,
  name: string | null,
): Plan {
  const { binding: path } = worktreeStatePaths(workspace.location);
  if (name === null)
    return host.files.exists(path)
      ? [{ kind: 'delete-file', path, why: 'unbinds the worktree' }]
      : [];
  const agent = agentNamed(ownership, name);
  if (agent === null)
    throw new Failure('policy', `the policy knows no agent '${name}'`, [
      hintTo(`bind the worktree, use one of: ${[...ownership.agents.keys()].join(', ')}`),
    ]);
  const why = `binds the worktree to ${agent}`;
  return [{ kind: 'write-file', path, content: `${agent}\n`, why }];
}
