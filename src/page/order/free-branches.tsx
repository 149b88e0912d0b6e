import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PageStep } from '../../domain/reports/page.ts';
import { branchAt, type Model } from '../ground/model.ts';
import { count } from '../ground/words.ts';
import { AgentMark } from '../ground/agent-mark.tsx';

interface Props {
  readonly model: Model;
  readonly steps: readonly PageStep[];
  /** No other branch is shown above. */
  readonly alone: boolean;
}

const FIRST = 36;

/** Branches that have nothing to do with each other: no picture could say more than their names. */
export function FreeBranches({ model, steps, alone }: Props): JSX.Element | null {
  const [all, setAll] = useState(false);
  if (steps.length === 0) return null;
  const shown = all ? steps : steps.slice(0, FIRST);
  return (
    <div class="free">
      <h3>Free to land at any time</h3>
      <p class="quiet">
        {alone
          ? 'No branch waits for another.'
          : 'They wait for nobody, and nobody waits for them.'}
      </p>
      <ul>
        {shown.map(({ branch }) => (
          <li key={branch}>
            <AgentMark model={model} agent={branchAt(model, branch).agent} />
            <code>{branchAt(model, branch).ref}</code>
          </li>
        ))}
      </ul>
      {shown.length < steps.length && (
        <button type="button" class="more-button" onClick={() => setAll(true)}>
          Show {count(steps.length - shown.length, 'more branch', 'more branches')}
        </button>
      )}
    </div>
  );
}
