import { identityFinding } from '../core/identity/finding.ts';
import { agentNamed } from '../core/identity/resolve.ts';
import { leaseState } from '../core/locks/lease.ts';
import { Failure } from '../domain/failure.ts';
import type { AgentId, LockName } from '../domain/ids.ts';
import type { Lease } from '../domain/lock.ts';
import type { Glob, Ownership } from '../domain/ownership.ts';
import { describePlan, type Plan } from '../domain/plan.ts';
import { verdictOf, type Report, REPORT_SCHEMA } from '../domain/report.ts';
import type { AgentPart, WhoamiData } from '../domain/reports/whoami.ts';
import { worktreeStatePaths } from '../git/worktree/state-paths.ts';
import type { Host } from '../host/host.ts';
import { readLeases } from '../services/locks/read-leases.ts';
import { applyPlan } from '../services/plans/apply.ts';
import { currentBranch, identify, readBinding } from '../services/session/identify.ts';
import { requirePolicy, type Session, withSession } from '../services/session/session.ts';

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
  return withSession(host, async (session) => {
    const policy = requirePolicy(session);
    const plan =
      options.bind === undefined ? [] : planBinding(host, session, policy.ownership, options.bind);
    if (options.dryRun !== true) await applyPlan(host, session.workspace.repo, plan);
    const { location } = session.workspace;
    const identity = identify(host, location, policy.ownership, { option: options.agent });
    const leases = await readLeases(session.reader, policy.ownership);
    const strange = identityFinding(policy.ownership, identity);
    const agent = identity.kind === 'agent' ? identity.agent : null;
    return {
      schema: REPORT_SCHEMA,
      command: 'whoami',
      verdict: verdictOf(strange ? [strange] : []),
      agent,
      policy: policy.source,
      findings: strange ? [strange] : [],
      data: {
        identity,
        worktree: location.top,
        branch: currentBranch(host, location),
        binding: readBinding(host, location),
        steps: describePlan(plan),
        part: agent && partOf(policy.ownership, agent, leases, host.now()),
      },
    };
  });
}

/** Writes or removes the worktree's binding, a file in its own git directory. */
function planBinding(
  host: Host,
  { workspace }: Session,
  ownership: Ownership,
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
      `To bind the worktree, use one of: ${[...ownership.agents.keys()].join(', ')}`,
    ]);
  const why = `binds the worktree to ${agent}`;
  return [{ kind: 'write-file', path, content: `${agent}\n`, why }];
}

function partOf(
  ownership: Ownership,
  id: AgentId,
  leases: ReadonlyMap<LockName, Lease | null>,
  now: number,
): AgentPart | null {
  const agent = ownership.agents.get(id);
  if (!agent) return null;
  const shared = ownership.shared.filter(({ agents }) => agents.includes(id));
  const reserved = ownership.reserved.filter(({ agents }) => agents.includes(id));
  return {
    title: agent.title,
    owns: texts(agent.owns),
    except: texts(agent.except),
    forbidden: texts(agent.forbidden),
    shared: shared.map(({ name, paths, lock }) => {
      const lease = leases.get(name) ?? null;
      const held = lease !== null && leaseState(lease, now, 0) === 'held';
      return {
        name,
        paths: texts(paths),
        lock,
        holder: held ? lease.holder : null,
        expires: held ? lease.expires : null,
      };
    }),
    reserved: reserved.map(({ name, paths, reason }) => ({ name, paths: texts(paths), reason })),
  };
}

const texts = (globs: readonly Glob[]): string[] => globs.map(({ text }) => text);
