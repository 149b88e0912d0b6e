import type { LockTerms } from '../../../core/locks/terms.ts';
import type { AgentId } from '../../../domain/ids.ts';
import type { OpenWork } from '../../../domain/lock.ts';
import type { SharedPart } from '../../../domain/ownership.ts';
import type { LockVerb } from '../../../domain/reports/lock.ts';
import { pause } from '../../../host/pause.ts';
import { lockNotices } from '../../locks/lock-notices.ts';
import { currentBranch } from '../../session/identify.ts';
import type { PolicySession } from '../../session/session.ts';
import { StateStore } from '../../state/state-store.ts';
import { type LockMoved, moveLock } from './move-lock.ts';

/** One request, its terms settled. */
export interface LockAsked {
  readonly verb: LockVerb;
  readonly part: SharedPart;
  readonly agent: AgentId;
  readonly terms: LockTerms;
  /** What whoever gives the lock back has not landed. */
  readonly open: readonly OpenWork[];
  readonly steal?: boolean;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

/** What one attempt came to. */
export interface LockAttempt extends LockMoved {
  readonly notices: readonly string[];
}

/**
 * Asks for a lock, and tries again, ever more slowly, while another holds it and the time to wait has not passed.
 *
 * @param onWait told first, and whenever another holds it than before
 */
export async function attemptLock(
  session: PolicySession,
  asked: LockAsked,
  onWait: (attempt: LockAttempt) => void,
): Promise<LockAttempt> {
  const { host } = session;
  const deadline = host.now() + asked.terms.wait;
  let told: string | null = null;
  for (let wait = 250; ; wait = Math.min(wait * 1.5, 5000)) {
    const attempt = await attemptOnce(session, asked);
    const { transition, before } = attempt;
    const inTheWay = transition.kind === 'refuse' && transition.because === 'held';
    const left = deadline - host.now();
    if (!inTheWay || left <= 0 || asked.verb !== 'acquire') return attempt;
    const holder = before?.holder ?? null;
    if (holder !== told) onWait(attempt);
    told = holder;
    await pause(Math.min(wait, left));
  }
}

async function attemptOnce(
  session: PolicySession,
  { verb, steal, offline, dryRun, part, agent, terms, open }: LockAsked,
): Promise<LockAttempt> {
  const { host, workspace, policy } = session;
  const store = await StateStore.open(session, offline === true);
  const moved = await moveLock(session, store, {
    part,
    verb,
    steal,
    dryRun,
    terms: {
      name: part.name,
      agent,
      host: host.hostname().slice(0, 255),
      branch: currentBranch(host, workspace.location),
      reason: terms.reason,
      ttl: terms.ttl,
      base: policy.base?.commit ?? null,
      open,
    },
  });
  return { ...moved, notices: lockNotices(store, moved, part) };
}
