import { notListedFinding, refusedFinding, unlandedFinding } from '../core/locks/findings.ts';
import { lockRow } from '../core/locks/row.ts';
import {
  findSharedPart,
  type LockTerms,
  readTerms,
  type WrittenTerms,
} from '../core/locks/terms.ts';
import type { LockTransition } from '../core/locks/transitions.ts';
import type { Finding } from '../domain/finding.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Lease, OpenWork } from '../domain/lock.ts';
import type { SharedPart } from '../domain/ownership.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { LockChangeData, LockVerb } from '../domain/reports/lock.ts';
import type { Host } from '../host/host.ts';
import { pause } from '../host/pause.ts';
import { knownBranches } from '../services/guard/work/follow-locks.ts';
import { openWork } from '../services/guard/work/locked-work.ts';
import { type LockMoved, moveLock } from '../services/guard/work/move-lock.ts';
import { leasePlace } from '../services/locks/lease-place.ts';
import { lockNotices } from '../services/locks/lock-notices.ts';
import { actingAgent } from '../services/session/acting-agent.ts';
import { currentBranch } from '../services/session/identify.ts';
import { type PolicySession, withPolicy } from '../services/session/session.ts';
import { readState } from '../services/state/state-place.ts';
import { StateStore } from '../services/state/state-store.ts';

export interface LockOptions extends WrittenTerms {
  readonly verb: LockVerb;
  readonly name: string;
  /** Whom to act for; else whoever is acting here. */
  readonly agent?: string | undefined;
  readonly steal?: boolean;
  /** Give it back also while what was changed under it has not landed. */
  readonly unlanded?: boolean;
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
  /** What whoever gives the lock back has not landed. */
  readonly open: readonly OpenWork[];
}

/** What one attempt came to. */
interface Attempt extends LockMoved {
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
    const left =
      options.verb === 'release'
        ? await unlandedWork(session, part, agent, options)
        : { open: [], asked: true };
    if (!left.asked)
      return report(session, options, part, [
        unlandedFinding(part, agent, left.open, `${command}${forWhom(options)}`),
      ]);
    const asked: Asked = { session, options, part, agent, terms, open: left.open };
    const attempt = await attemptUntil(asked, host.now() + terms.wait);
    const { transition, before, request, followed } = attempt;
    const acquire = `bailiwick lock acquire ${part.name}${forWhom(options)}`;
    const findings =
      transition.kind === 'refuse'
        ? [refusedFinding(transition.because, followed?.lease ?? before, request, acquire)]
        : [];
    return report(session, options, part, findings, attempt);
  });
}

const forWhom = ({ agent }: LockOptions): string =>
  agent === undefined ? '' : ` --agent ${agent}`;

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

async function attemptOnce({
  session,
  options,
  part,
  agent,
  terms,
  open,
}: Asked): Promise<Attempt> {
  const { host, workspace, policy } = session;
  const { location } = workspace;
  const store = await StateStore.open(session, options.offline === true);
  const moved = await moveLock(session, store, {
    part,
    verb: options.verb,
    steal: options.steal,
    dryRun: options.dryRun,
    terms: {
      name: part.name,
      agent,
      host: host.hostname.slice(0, 255),
      branch: currentBranch(host, location),
      reason: terms.reason,
      ttl: terms.ttl,
      base: policy.base?.commit ?? null,
      open,
    },
  });
  return { ...moved, notices: lockNotices(store, moved, part) };
}

/**
 * What an agent that gives a lock back has not landed. People are asked whether they mean it, where
 * there is a terminal to ask on.
 */
async function unlandedWork(
  session: PolicySession,
  part: SharedPart,
  agent: AgentId,
  { unlanded }: LockOptions,
): Promise<{ readonly open: readonly OpenWork[]; readonly asked: boolean }> {
  const reading = await readState(session.reader, leasePlace(part.name));
  if (!reading.ok || reading.value?.holder !== agent) return { open: [], asked: true };
  const { base, branches } = await knownBranches(session);
  if (base === null) return { open: [], asked: true };
  const { open } = await openWork(session, { part, base, branches: branches.get(agent) ?? [] });
  if (open.length === 0 || unlanded === true) return { open, asked: true };
  const names = [...new Set(open.map(({ branch }) => branch))].join(', ');
  const question = `${names} has changes of ${part.name} that have not landed. Give the lock back?`;
  return { open, asked: (await session.host.confirm(question)) === true };
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
      lock:
        attempt &&
        lockRow(ownership, part.name, leaseAfter(attempt), now, null, followedOf(attempt)),
      now,
      notices: [...notices, ...(attempt?.notices ?? [])],
    },
  });
}

const followedOf = ({ transition, followed }: Attempt) =>
  transition.kind === 'move' ? null : followed;

const leaseAfter = ({ before, transition }: Attempt): Lease | null =>
  transition.kind === 'move' ? transition.state : before;

function outcomeOfLock(transition: LockTransition): LockChangeData['outcome'] {
  if (transition.kind === 'move') return transition.action;
  return transition.kind === 'keep' ? 'unchanged' : 'refused';
}
