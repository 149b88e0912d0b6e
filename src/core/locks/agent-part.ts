import { Failure } from '../../domain/failure.ts';
import type { AgentId, LockName } from '../../domain/ids.ts';
import type { LeaseReading } from '../../domain/lock.ts';
import type { Glob, Ownership } from '../../domain/ownership.ts';
import type { AgentPart } from '../../domain/reports/whoami.ts';
import { leaseState } from './lease.ts';

/** What the policy lets an agent change, and who holds the locks of it; null for nobody it knows. */
export function agentPart(
  ownership: Ownership,
  id: AgentId,
  leases: ReadonlyMap<LockName, LeaseReading>,
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
      const reading = leases.get(name) ?? null;
      const lease = reading instanceof Failure ? null : reading;
      const held = lease !== null && leaseState(lease, now, 0) === 'held';
      return {
        name,
        paths: texts(paths),
        lock,
        holder: held ? lease.holder : null,
        expires: held ? lease.expires : null,
        ...(reading instanceof Failure && { unreadable: reading.message }),
      };
    }),
    reserved: reserved.map(({ name, paths, reason }) => ({ name, paths: texts(paths), reason })),
  };
}

const texts = (globs: readonly Glob[]): string[] => globs.map(({ text }) => text);
