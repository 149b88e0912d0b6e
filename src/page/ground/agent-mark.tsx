import type { JSX } from 'preact';
import { agentLook } from './kinds.ts';
import type { Model } from './model.ts';

interface Props {
  readonly model: Model;
  readonly agent: string | null;
}

/** An agent's colour and id; nothing where it is nobody's. */
export function AgentMark({ model, agent }: Props): JSX.Element | null {
  if (agent === null) return null;
  const at = model.agents.get(agent);
  return (
    <span class="agent">
      <span
        class={`swatch ${at === undefined ? 'kind-nobody' : agentLook(at)}`}
        aria-hidden="true"
      />
      {agent}
    </span>
  );
}
