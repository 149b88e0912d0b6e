import type { Finding } from '../../domain/finding.ts';
import { type Hint, hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { Ownership } from '../../domain/ownership.ts';
import { formatMoment } from '../../domain/text/duration.ts';
import type { PhaseBlocker, PhaseObstacle } from './phase-blocker.ts';

/** What it says of the agent in the way, after its id. */
const WORDS: Readonly<Record<PhaseObstacle, string>> = {
  failed: 'has not passed its commands',
  gone: 'has handed off a commit that its branch and the base do not have any more',
  never: 'has not handed off yet',
  'no-commands': 'has no `validate`, so it cannot hand off',
  'not-landed': 'has handed off a commit that has not landed',
  stale: 'has handed off by other commands than it has now',
  unreadable: 'has a handoff that cannot be read',
  working: 'works on a task',
};

/**
 * An agent whose turn it is not: one finding, whoever else is in the way as well. Where phases only
 * advise, nobody is told to wait for an agent that has nothing to hand off by: `after` is then about
 * the order of landing alone.
 */
export function phaseFinding(
  { phases }: Ownership,
  agent: AgentId,
  closedBy: readonly PhaseBlocker[],
): Finding | null {
  const blockers = closedBy.filter(
    ({ because }) => phases.enforce === 'require' || because !== 'no-commands',
  );
  const [first] = blockers;
  if (first === undefined) return null;
  const words = blockers.map(
    ({ agent: other, because, since }) =>
      `${other} ${WORDS[because]}${since === null ? '' : ` since ${formatMoment(since)}`}`,
  );
  const apart = first.because === 'working';
  return {
    code: 'phase-closed',
    severity: phases.enforce === 'require' ? 'error' : 'warning',
    agent,
    owner: blockers.map((each) => each.agent),
    rule: `agents.${agent}.${apart ? 'not_with' : 'after'}`,
    message: `it is not the turn of ${agent}: ${words.join('; ')}`,
    hint: hintFor(first),
  };
}

function hintFor({ agent, because }: PhaseBlocker): Hint {
  if (because === 'working') return hintTo('see whose turn it is', 'bailiwick handoff list');
  if (because === 'no-commands')
    return hintTo(`let ${agent} hand off, give it commands in ownership.yml: validate`);
  return hintTo(`see what ${agent} has handed off`, `bailiwick handoff show ${agent}`);
}
