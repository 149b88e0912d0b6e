import type { JSX } from 'preact';
import {
  branchAt,
  changesIn,
  type FolderNode,
  folderAt,
  type Model,
  placeAt,
} from '../ground/model.ts';
import { count } from '../ground/words.ts';
import { type Kind, kindOf, kindsIn } from '../ground/kinds.ts';

interface Props {
  readonly model: Model;
  /** A file, or a folder; '' for everything. */
  readonly path: string;
  /** The folder the map shows. */
  readonly shown: string;
  readonly openPair: (pair: number) => void;
}

const MOST = 8;

/** All there is to say about one part of the map: the rule, the branches, the conflicts. */
export function Details({ model, path, shown, openPair }: Props): JSX.Element {
  const folder = folderAt(model.root, path);
  const file = folder.path === path ? undefined : folder.files.find((each) => each.path === path);
  const touches = file ? (file.touch === null ? [] : [file.touch]) : folder.touches;
  return (
    <div class="details">
      <h3>
        <code>{path === '' ? 'everything' : file ? path : `${folder.path}/`}</code>
      </h3>
      {file ? (
        <Rule model={model} place={file.place} />
      ) : (
        // What is shown as a whole is in the legend.
        path !== shown && <Shares model={model} folder={folder} />
      )}
      {file && touches.some((touch) => model.touched[touch]!.added) && (
        <p>The base does not have it yet.</p>
      )}
      <Changes model={model} touches={touches} openPair={openPair} />
    </div>
  );
}

function Rule({ model, place }: { model: Model; place: number }): JSX.Element {
  const { rule, reason } = placeAt(model, place);
  return (
    <>
      <p class="owner">
        <Chip kind={kindOf(model, place)} /> {reason}
      </p>
      {rule !== null && (
        <p class="rule">
          <span>Rule</span> <code>{rule}</code>
        </p>
      )}
    </>
  );
}

function Shares({ model, folder }: { model: Model; folder: FolderNode }): JSX.Element {
  const only = folder.shares.size === 1 ? [...folder.shares.keys()][0]! : null;
  if (only !== null) return <Rule model={model} place={only} />;
  const kinds = kindsIn(model, folder.shares);
  return (
    <ul class="shares">
      {kinds.slice(0, MOST).map((kind) => (
        <li key={kind.key}>
          <Chip kind={kind} /> {count(kind.files, 'file')}
        </li>
      ))}
      {kinds.length > MOST && <li>and {kinds.length - MOST} more</li>}
    </ul>
  );
}

const Chip = ({ kind: { label, look } }: { kind: Kind }): JSX.Element => (
  <span class="chip">
    <span class={`swatch ${look}`} aria-hidden="true" />
    {label}
  </span>
);

interface ChangesProps {
  readonly model: Model;
  readonly touches: readonly number[];
  readonly openPair: (pair: number) => void;
}

function Changes({ model, touches, openPair }: ChangesProps): JSX.Element {
  const { branches, stale } = changesIn(model, touches);
  if (branches.length === 0) return <p class="quiet">No open branch changes it.</p>;
  return (
    <>
      <Conflicts {...{ model, touches, openPair }} />
      {stale.length > 0 && (
        <p class="bad">
          ✕ {count(stale.length, 'branch no longer merges', 'branches no longer merge')} with the
          base here
        </p>
      )}
      <h4>⎇ {count(branches.length, 'branch', 'branches')}</h4>
      <ul class="refs">
        {branches.slice(0, MOST).map((at) => (
          <li key={at}>
            <code>{branchAt(model, at).ref}</code>
          </li>
        ))}
        {branches.length > MOST && <li>and {branches.length - MOST} more</li>}
      </ul>
    </>
  );
}

/** The pairs that conflict in a part, and in which files. */
function Conflicts({ model, touches, openPair }: ChangesProps): JSX.Element | null {
  const { pairs } = changesIn(model, touches);
  const disputed = touches
    .map((touch) => model.touched[touch]!)
    .filter((touched) => touched.pairs.length > 0);
  const ref = (at: number): string => branchAt(model, at).ref;
  if (pairs.length === 0) return null;
  return (
    <>
      <h4 class="bad">✕ {count(pairs.length, 'pair conflicts', 'pairs conflict')} here</h4>
      <ul class="refs">
        {pairs.slice(0, MOST).map((at) => (
          <li key={at}>
            <button type="button" class="link" onClick={() => openPair(at)}>
              <code>{ref(model.data.pairs[at]!.a)}</code> with{' '}
              <code>{ref(model.data.pairs[at]!.b)}</code>
            </button>
          </li>
        ))}
        {pairs.length > MOST && <li>and {pairs.length - MOST} more</li>}
      </ul>
      {touches.length > 1 && (
        <p>
          in{' '}
          {disputed.slice(0, MOST).map(({ path }) => (
            <code key={path} class="place">
              {path}
            </code>
          ))}
          {disputed.length > MOST && `and ${disputed.length - MOST} more`}
        </p>
      )}
    </>
  );
}
