import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { branchAt, type Model, pairKey } from '../ground/model.ts';
import { count, lineWords } from '../ground/words.ts';
import { ConflictView } from './conflict-view.tsx';

interface Props {
  readonly model: Model;
  /** Pairs that are shown with their lines, by `pairKey`. */
  readonly opened: ReadonlySet<string>;
  readonly openPair: (pair: number) => void;
}

const FIRST = 30;

/** Every pair that conflicts, each to be opened to see both sides. */
export function PairList({ model, opened, openPair }: Props): JSX.Element | null {
  const { pairs, morePairs } = model.data;
  const [all, setAll] = useState(false);
  if (pairs.length === 0) return null;
  const near = pairs.length - model.conflicts;
  const indices = Array.from({ length: model.conflicts }, (_, at) => at);
  const shown = indices.filter((at) => all || at < FIRST || opened.has(pairKey(model, at)));
  return (
    <div class="pairs">
      <h3>
        {model.conflicts === 0
          ? 'No pair conflicts'
          : count(model.conflicts, 'pair conflicts', 'pairs conflict')}
      </h3>
      <p class="quiet">
        Open one to see what both wrote.{' '}
        {near > 0 &&
          `${count(near + morePairs, 'more pair comes', 'more pairs come')} close without a conflict.`}
      </p>
      {shown.map((at) => (
        <Pair key={at} {...{ model, at, openPair }} open={opened.has(pairKey(model, at))} />
      ))}
      {shown.length < model.conflicts && (
        <button type="button" class="more-button" onClick={() => setAll(true)}>
          Show {count(model.conflicts - shown.length, 'more pair')}
        </button>
      )}
      {near > 0 && <NearPairs model={model} />}
    </div>
  );
}

function Pair({
  model,
  at,
  open,
  openPair,
}: {
  model: Model;
  at: number;
  open: boolean;
  openPair: (pair: number) => void;
}): JSX.Element {
  const { a, b, conflicts } = model.data.pairs[at]!;
  const [first, second] = [branchAt(model, a), branchAt(model, b)];
  const mechanical = conflicts.every((conflict) => conflict.mechanical);
  return (
    <details
      class="pair"
      id={`pair-${at}`}
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && !open) openPair(at);
      }}
    >
      <summary>
        <span class="sign sign-conflict" aria-hidden="true">
          ✕
        </span>
        <span class="pair-names">
          <code>{first.ref}</code> <span class="with">with</span> <code>{second.ref}</code>
        </span>
        <small>
          {count(conflicts.length, 'file')}
          {mechanical ? ', made again by a command' : ''}
        </small>
      </summary>
      {conflicts.map((conflict) => (
        <ConflictView
          key={`${conflict.path} ${conflict.kind}`}
          conflict={conflict}
          ours={first.ref}
          theirs={second.ref}
        />
      ))}
    </details>
  );
}

const MOST_NEAR = 100;

function NearPairs({ model }: { model: Model }): JSX.Element {
  const near = model.data.pairs.slice(model.conflicts);
  const left = near.length - MOST_NEAR + model.data.morePairs;
  return (
    <details class="near">
      <summary>Pairs that come close</summary>
      <ul>
        {near.slice(0, MOST_NEAR).map(({ a, b, conflicts }) => (
          <li key={`${a} ${b}`}>
            <code>{branchAt(model, a).ref}</code> with <code>{branchAt(model, b).ref}</code>:{' '}
            {conflicts.slice(0, 4).map(({ path, lines }) => (
              <span key={path} class="near-place">
                <code>{path}</code> {lineWords(lines)}
              </span>
            ))}
            {conflicts.length > 4 && `and ${count(conflicts.length - 4, 'more file')}`}
          </li>
        ))}
        {left > 0 && <li>and {count(left, 'more pair')}</li>}
      </ul>
    </details>
  );
}
