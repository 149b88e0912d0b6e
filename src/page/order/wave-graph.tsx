import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PageWait } from '../../domain/reports/page.ts';
import { AgentMark } from '../ground/agent-mark.tsx';
import { branchAt, type Model } from '../ground/model.ts';
import { count } from '../ground/words.ts';
import { listedWaits } from './choose-cards.ts';
import { type Card, CARD_WIDTH, type WavePicture } from './lay-out-waves.ts';

interface Props {
  readonly model: Model;
  readonly picture: WavePicture;
  readonly openPair: (pair: number) => void;
}

/** Said beside the sign, so that neither shape nor colour has to be known. */
const WHY: Readonly<Record<PageWait['why'], readonly [sign: string, words: string]>> = {
  combination: ['✕', 'conflicts once others landed'],
  conflict: ['✕', 'conflict'],
  declared: ['→', 'declared'],
  draft: ['→', 'a draft'],
  stacked: ['↥', 'stacked on it'],
  tested: ['→', 'fails without it'],
  together: ['⇅', 'only together'],
};

/** A column for each wave, a card for each branch, an arrow from what lands first to what waits. */
export function WaveGraph({ model, picture, openPair }: Props): JSX.Element {
  const { cards, arrows, columns, width, height, more } = picture;
  const [lit, setLit] = useState<number | null>(null);
  return (
    <>
      <div class="graph" role="region" aria-label="Waves of branches" tabIndex={0}>
        <div class="graph-canvas" style={{ width: `${width}px`, height: `${height}px` }}>
          {columns.map(({ wave, left }) => (
            <h3 key={wave} class="wave" style={{ left: `${left}px`, width: `${CARD_WIDTH}px` }}>
              Wave {wave}
            </h3>
          ))}
          <svg width={width} height={height} aria-hidden="true" focusable="false">
            <defs>
              <marker
                id="tip"
                viewBox="0 0 8 8"
                refX="6"
                refY="4"
                markerWidth="8"
                markerHeight="8"
                orient="auto"
              >
                <path d="M0,0 L8,4 L0,8 Z" />
              </marker>
            </defs>
            {arrows.map(({ key, why, path, from, to }) => (
              <path
                key={key}
                class={`arrow arrow-${why} ${lit === null ? '' : lit === from || lit === to ? 'lit' : 'unlit'}`}
                d={path}
                marker-end="url(#tip)"
              />
            ))}
          </svg>
          <ol>
            {cards.map((card) => (
              <BranchCard key={card.step.branch} {...{ model, card, openPair, setLit }} />
            ))}
          </ol>
        </div>
      </div>
      {more > 0 && (
        <p class="quiet">
          {count(more, 'more branch waits', 'more branches wait')} for others; the table below has
          all of them.
        </p>
      )}
    </>
  );
}

function BranchCard({
  model,
  card: { step, position, left, top, height },
  openPair,
  setLit,
}: {
  model: Model;
  card: Card;
  openPair: (pair: number) => void;
  setLit: (branch: number | null) => void;
}): JSX.Element {
  const { ref, agent, lines } = branchAt(model, step.branch);
  const rework = step.outcome === 'rework';
  return (
    <li
      class={`card ${rework ? 'card-rework' : ''}`}
      style={{
        left: `${left}px`,
        top: `${top}px`,
        width: `${CARD_WIDTH}px`,
        height: `${height}px`,
      }}
      onPointerEnter={() => setLit(step.branch)}
      onPointerLeave={() => setLit(null)}
    >
      <p class="card-title" title={ref}>
        <span class="position">{position}</span>
        <code>{ref}</code>
      </p>
      <p class="card-facts">
        <AgentMark model={model} agent={agent} />
        <span>
          {rework ? `rework ${count(step.cost.lines, 'line')}` : `clean, ${count(lines, 'line')}`}
        </span>
      </p>
      {step.waits.length > 0 && (
        <ul class="waits">
          {listedWaits(step.waits).map(({ branch, why }) => (
            <li key={`${branch} ${why}`}>
              <Wait {...{ model, step: step.branch, branch, why, openPair }} />
            </li>
          ))}
          {step.waits.length > listedWaits(step.waits).length && (
            <li class="quiet">and {step.waits.length - listedWaits(step.waits).length} more</li>
          )}
        </ul>
      )}
    </li>
  );
}

/** What the branch waits for, and why; for a pair that conflicts, the way to its lines. */
function Wait({
  model,
  step,
  branch,
  why,
  openPair,
}: {
  model: Model;
  step: number;
  branch: number;
  why: PageWait['why'];
  openPair: (pair: number) => void;
}): JSX.Element {
  const { ref } = branchAt(model, branch);
  const [sign, words] = WHY[why];
  const pair = model.pairsOf
    .get(step)
    ?.find((at) => [model.data.pairs[at]!.a, model.data.pairs[at]!.b].includes(branch));
  const text = (
    <>
      <span class={`sign sign-${why}`} aria-hidden="true">
        {sign}
      </span>
      <span class="hidden">waits for </span>
      <code>{ref}</code>
      <small>{words}</small>
    </>
  );
  return pair === undefined ? (
    <span class="wait" title={ref}>
      {text}
    </span>
  ) : (
    <button
      type="button"
      class="wait"
      title={`${ref}: see the lines`}
      onClick={() => openPair(pair)}
    >
      {text}
    </button>
  );
}
