import { notListedFinding, refusedFinding } from '../core/locks/findings.ts';
import { lockRow } from '../core/locks/row.ts';
import {
  findSharedPart,
  type LockTerms,
  readTerms,
  type WrittenTerms,
} from '../core/locks/terms.ts';
import {
  acquireLock,
  type LockRequest,
  type LockTransition,
  releaseLock,
  renewLock,
} from '../core/locks/transitions.ts';
import type { Finding } from '../domain/finding.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Lease } from '../domain/lock.ts';
import type { SharedPart } from '../domain/ownership.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { LockChangeData, LockVerb } from '../domain/reports/lock.ts';
import type { StateMoment } from '../domain/state-transition.ts';
import type { Host } from '../host/host.ts';
import { pause } from '../host/pause.ts';
import { leasePlace } from '../services/locks/lease-place.ts';
import { type LockChange, lockNotices } from '../services/locks/lock-notices.ts';
import { actingAgent } from '../services/session/acting-agent.ts';
import { currentBranch } from '../services/session/identify.ts';
import { type PolicySession, withPolicy } from '../services/session/session.ts';
import { changeState } from '../services/state/change-state.ts';
import { StateStore } from '../services/state/state-store.ts';

export interface LockOptions extends WrittenTerms {
  readonly verb: LockVerb;
  readonly name: string;
  /** Whom to act for; else whoever is acting here. */
  readonly agent?: string | undefined;
  readonly steal?: boolean;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** One request, its terms settled. */
interface Asked {
  readonly session: PolicySession;
  readonly options: LockOptions;
  readonly part: SharedPart;
  readonly agent: AgentId;
  readonly terms: LockTerms;
}

/** What one attempt came to. */
interface Attempt extends LockChange {
  readonly request: LockRequest;
  readonly notices: readonly string[];
}

/**
 * Takes, renews or gives back the lock of a shared part.
 *
 * @throws Failure when it cannot be decided: no such lock, no agent, a state that cannot be read.
 */
export function runLock(host: Host, options: LockOptions): Promise<Report<LockChangeData>> {
  return withPolicy(host, async (session) => {
    const { ownership } = session.policy;
    const part = findSharedPart(ownership, options.name, options.verb);
    const terms = readTerms(options, part);
    const command = `bailiwick lock ${options.verb} ${part.name}`;
    const acting = actingAgent(session, options.agent, command);
    if (!acting.ok) return report(session, options, part, [acting.error]);
    const agent = acting.value;
    if (options.verb !== 'release' && !part.agents.includes(agent))
      return report(session, options, part, [notListedFinding(part, agent)]);
    const asked: Asked = { session, options, part, agent, terms };
    const attempt = await attemptUntil(asked, host.now() + terms.wait);
    const { transition, before, request } = attempt;
    const again = options.agent === undefined ? '' : ` --agent ${agent}`;
    const acquire = `bailiwick lock acquire ${part.name}${again}`;
    const findings =
      transition.kind === 'refuse'
        ? [refusedFinding(transition.because, before, request, acquire)]
        : [];
    return report(session, options, part, findings, attempt);
  });
}

/** Tries again, ever more slowly, while another holds the lock and `deadline` has not passed. */
async function attemptUntil(asked: Asked, deadline: number): Promise<Attempt> {
  const { options, part } = asked;
  const { host } = asked.session;
  let told: string | null = null;
  for (let wait = 250; ; wait = Math.min(wait * 1.5, 5000)) {
    const attempt = await attemptOnce(asked);
    const { transition, before } = attempt;
    const inTheWay = transition.kind === 'refuse' && transition.because === 'held';
    const left = deadline - host.now();
    if (!inTheWay || left <= 0 || options.verb !== 'acquire') return attempt;
    const holder = before?.holder ?? null;
    if (holder !== told) host.note(`waiting for ${part.name}: ${holder} holds it`);
    told = holder;
    await pause(Math.min(wait, left));
  }
}

async function attemptOnce({ session, ...asked }: Asked): Promise<Attempt> {
  const { options, part, agent } = asked;
  const { host, workspace } = session;
  const { repo, location } = workspace;
  const store = await StateStore.open(host, repo, options.offline === true);
  const terms: Omit<LockRequest, keyof StateMoment> = {
    name: part.name,
    agent,
    host: host.hostname.slice(0, 255),
    branch: currentBranch(host, location),
    reason: asked.terms.reason,
    ttl: asked.terms.ttl,
  };
  const change = await changeState(store, {
    ...leasePlace(part.name),
    dryRun: options.dryRun === true,
    decide: (lease, moment) => transitionOf(lease, { ...terms, ...moment }, options),
  });
  const request = { ...terms, ...change.moment };
  return { ...change, request, notices: lockNotices(store, change, part) };
}

function transitionOf(
  lease: Lease | null,
  request: LockRequest,
  { verb, steal }: LockOptions,
): LockTransition {
  switch (verb) {
    case 'acquire':
      return acquireLock(lease, request, steal === true);
    case 'renew':
      return renewLock(lease, request);
    case 'release':
      return releaseLock(lease, request);
  }
}

function report(
  session: PolicySession,
  options: LockOptions,
  part: SharedPart,
  findings: readonly Finding[],
  attempt: Attempt | null = null,
): Report<LockChangeData> {
  const { ownership, source, notices } = session.policy;
  const now = attempt?.request.now ?? session.host.now();
  return reportOf('lock', {
    agent: attempt?.request.agent ?? findings[0]?.agent ?? null,
    policy: source,
    findings,
    data: {
      verb: options.verb,
      outcome: attempt ? outcomeOfLock(attempt.transition) : 'refused',
      dryRun: options.dryRun === true,
      lock: attempt && lockRow(ownership, part.name, leaseAfter(attempt), now, null),
      now,
      notices: [...notices, ...(attempt?.notices ?? [])],
    },
  });
}

const leaseAfter = ({ before, transition }: Attempt): Lease | null =>
  transition.kind === 'move' ? transition.state : before;

function outcomeOfLock(transition: LockTransition): LockChangeData['outcome'] {
  if (transition.kind === 'move') return transition.action;
  return transition.kind === 'keep' ? 'unchanged' : 'refused';
}
