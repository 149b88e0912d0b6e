import { parseHandoff, serialiseHandoff } from '../../core/handoffs/parse-handoff.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { err } from '../../domain/result.ts';
import { type Handoff, handoffRef } from '../../domain/states/handoff.ts';
import type { StatePlace } from '../state/state-place.ts';

/** Where the handoff of an agent is kept. One of another agent is not this one, whoever put it there. */
export const handoffPlace = (agent: AgentId): StatePlace<Handoff> => ({
  ref: handoffRef(agent),
  noun: 'handoff',
  parse: (text) => {
    const handoff = parseHandoff(text);
    if (!handoff.ok || handoff.value.agent === agent) return handoff;
    return err(`it is the handoff of another agent, ${handoff.value.agent}`);
  },
  serialise: serialiseHandoff,
  hints: [hintTo('see what was done to it', `git log -p ${handoffRef(agent)}`)],
});
