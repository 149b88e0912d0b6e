import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PageOrder } from '../../domain/reports/page.ts';
import { AgentMark } from '../ground/agent-mark.tsx';
import { branchAt, type Model } from '../ground/model.ts';
import { count, number } from '../ground/words.ts';

interface Props {
  readonly model: Model;
  readonly order: PageOrder;
}

const FIRST = 60;

/** Every branch by the position it lands in, with the reason. */
export function OrderTable({ model, order: { steps } }: Props): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = all ? steps : steps.slice(0, FIRST);
  return (
    <div class="order-table">
      <h3>Step by step</h3>
      <div class="scroll" role="region" aria-label="Every step of the order" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                <abbr title="position">#</abbr>
              </th>
              <th scope="col">branch</th>
              <th scope="col" class="number">
                wave
              </th>
              <th scope="col" class="number">
                files
              </th>
              <th scope="col" class="number">
                lines
              </th>
              <th scope="col">lands</th>
              <th scope="col">why here</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ branch, wave, outcome, cost, reason }, at) => {
              const { ref, agent, touches, lines } = branchAt(model, branch);
              return (
                <tr key={branch}>
                  <td class="number">{at + 1}</td>
                  <th scope="row">
                    <code>{ref}</code> <AgentMark model={model} agent={agent} />
                  </th>
                  <td class="number">{wave}</td>
                  <td class="number">{number(touches.length)}</td>
                  <td class="number">{number(lines)}</td>
                  <td class={outcome === 'rework' ? 'bad' : ''}>
                    {outcome === 'rework' ? `✕ rework ${count(cost.lines, 'line')}` : 'clean'}
                  </td>
                  <td class="reason">{reason}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {shown.length < steps.length && (
        <button type="button" class="more-button" onClick={() => setAll(true)}>
          Show {count(steps.length - shown.length, 'more step')}
        </button>
      )}
    </div>
  );
}
