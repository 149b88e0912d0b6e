import type { JSX } from 'preact';
import type { Model } from '../ground/model.ts';
import { count } from '../ground/words.ts';
import { ConflictView } from './conflict-view.tsx';

/** Branches that no longer merge with the base, which comes before any order among themselves. */
export function StaleList({ model }: { readonly model: Model }): JSX.Element | null {
  const stale = model.data.branches.filter(({ base }) => base === 'conflict');
  if (stale.length === 0) return null;
  const { ref: base } = model.data.base;
  return (
    <div class="pairs">
      <h3>
        {count(stale.length, 'branch no longer merges', 'branches no longer merge')} with {base}
      </h3>
      <p class="quiet">Each has to catch up before it has a place in the order.</p>
      {stale.map(({ ref, behind, conflicts }) => (
        <details key={ref} class="pair">
          <summary>
            <span class="sign sign-conflict" aria-hidden="true">
              ✕
            </span>
            <span class="pair-names">
              <code>{ref}</code>
            </span>
            <small>
              {count(behind, 'commit')} behind, {count(conflicts.length, 'file')}
            </small>
          </summary>
          {conflicts.map((conflict) => (
            <ConflictView
              key={`${conflict.path} ${conflict.kind}`}
              conflict={conflict}
              ours={base}
              theirs={ref}
            />
          ))}
        </details>
      ))}
    </div>
  );
}
