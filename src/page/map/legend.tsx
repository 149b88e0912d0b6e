import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FolderNode, Model } from '../ground/model.ts';
import { count } from '../ground/words.ts';
import { kindsIn } from '../ground/kinds.ts';

interface Props {
  readonly model: Model;
  readonly focus: FolderNode;
  /** The one that is picked out; null: none. */
  readonly kind: string | null;
  readonly setKind: (kind: string | null) => void;
}

/** Who owns how much of what is shown. Each is a button that picks its parts out on the map. */
export function Legend({ model, focus, kind, setKind }: Props): JSX.Element {
  const kinds = useMemo(() => kindsIn(model, focus.shares), [model, focus]);
  return (
    <div class="legend">
      <h3>Who may change it</h3>
      <ul>
        {kinds.map(({ key, label, meaning, look, files }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={kind === key}
              onClick={() => setKind(kind === key ? null : key)}
            >
              <span class={`swatch ${look}`} aria-hidden="true" />
              <span class="legend-name">
                {label}
                <small>{meaning}</small>
              </span>
              <span class="number">{count(files, 'file')}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="marks">
        <span>
          <span class="mark">⎇ 2</span> changed by two branches
        </span>
        <span>
          <span class="mark clash">✕ 1</span> one pair conflicts here
        </span>
      </p>
    </div>
  );
}
