import { notListedFinding, refusedFinding, unlandedFinding } from '../core/locks/findings.ts';
import { lockRow } from '../core/locks/row.ts';
import { findSharedPart, readTerms, type WrittenTerms } from '../core/locks/terms.ts';
import { WAITING } from '../core/metrics/refusals.ts';
import type { LockTransition } from '../core/locks/transitions.ts';
import type { Finding } from '../domain/finding.ts';
import type { AgentId } from '../domain/ids.ts';
import type { Lease, OpenWork } from '../domain/lock.ts';
import type { SharedPart } from '../domain/ownership.ts';
import { type Report, reportOf } from '../domain/report.ts';
import type { LockChangeData, LockVerb } from '../domain/reports/lock.ts';
import type { Host } from '../host/host.ts';
import { knownBranches } from '../services/guard/work/follow-locks.ts';
import { openWork } from '../services/guard/work/locked-work.ts';
import {
  attemptLock,
  type LockAsked,
  type LockAttempt,
} from '../services/guard/work/attempt-lock.ts';
import { leasePlace } from '../services/locks/lease-place.ts';
import { noteRefusal } from '../services/metrics/note-refusal.ts';
import { actingAgent } from '../services/session/acting-agent.ts';
import { type PolicySession, withPolicy } from '../services/session/session.ts';
import { readState } from '../services/state/state-place.ts';

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
    const asked: LockAsked = { ...options, part, agent, terms, open: left.open };
    const note = (by: string, findings: readonly Finding[]): void => {
      if (options.dryRun !== true && options.verb === 'acquire')
        noteRefusal(host, by, { agent, findings }, session.workspace.location);
    };
    const attempt = await attemptLock(session, asked, (waiting) => {
      host.note(`waiting for ${part.name}: ${waiting.before?.holder ?? null} holds it`);
      note(WAITING, [refusedBy(options, asked, 'held', waiting)]);
    });
    const { transition } = attempt;
    const findings =
      transition.kind === 'refuse' ? [refusedBy(options, asked, transition.because, attempt)] : [];
    note('lock', findings);
    return report(session, options, part, findings, attempt);
  });
}

const forWhom = ({ agent }: LockOptions): string =>
  agent === undefined ? '' : ` --agent ${agent}`;

/** What a refusal says, with the command that leads on. */
function refusedBy(
  options: LockOptions,
  { part, agent }: Pick<LockAsked, 'agent' | 'part'>,
  because: 'expired' | 'free' | 'held',
  { followed, before, request }: Pick<LockAttempt, 'before' | 'followed' | 'request'>,
): Finding {
  const acquire = `bailiwick lock acquire ${part.name}${forWhom(options)}`;
  return refusedFinding(because, followed?.lease ?? before, { ...request, agent }, acquire);
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
  attempt: LockAttempt | null = null,
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

const followedOf = ({ transition, followed }: LockAttempt) =>
  transition.kind === 'move' ? null : followed;

const leaseAfter = ({ before, transition }: LockAttempt): Lease | null =>
  transition.kind === 'move' ? transition.state : before;

function outcomeOfLock(transition: LockTransition): LockChangeData['outcome'] {
  if (transition.kind === 'move') return transition.action;
  return transition.kind === 'keep' ? 'unchanged' : 'refused';
}
