import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { type FolderNode, folderAt, type Model } from '../ground/model.ts';
import { count } from '../ground/words.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { Details } from './details.tsx';
import { Legend } from './legend.tsx';
import type { Cell } from './lay-out-map.ts';
import { PathSearch } from './path-search.tsx';
import { Treemap } from './treemap.tsx';

interface Props {
  readonly model: Model;
  readonly openPair: (pair: number) => void;
}

/** The tree as a map: whose each part is, and what the open branches change on top of it. */
export function MapSection({ model, openPair }: Props): JSX.Element {
  const [path, setPath] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [under, setUnder] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [query, setQuery] = useState('');
  const focus = useMemo(() => folderAt(model.root, path), [model, path]);
  const enter = (folder: FolderNode): void => {
    setPath(folder.path);
    setChosen(null);
    setUnder(null);
  };
  const find = (found: string): void => {
    setPath(folderAt(model.root, found.slice(0, Math.max(0, found.lastIndexOf('/')))).path);
    setChosen(found);
    setUnder(null);
  };
  return (
    <section class="map" id="map" aria-labelledby="map-title">
      <header class="section-head">
        <h2 id="map-title">The map</h2>
        <p>{leadOf(model)}</p>
      </header>
      <div class="map-grid">
        <div class="map-main">
          <div class="map-bar">
            <Breadcrumb focus={focus} enter={enter} />
            <PathSearch model={model} query={query} setQuery={setQuery} find={find} />
          </div>
          <Treemap
            {...{ model, focus, chosen, kind, query, enter }}
            choose={(cell: Cell | null) => setChosen(cell?.path ?? null)}
            point={(cell: Cell | null) => setUnder(cell?.path ?? null)}
          />
          <p class="hint" id="map-keys">
            Arrow keys move, Page Up and Page Down step through everything, Enter goes in, Escape
            goes up. The larger a part, the more files it has.
          </p>
        </div>
        <aside class="map-side" aria-label="Legend and details">
          <Legend {...{ model, focus, kind, setKind }} />
          <Details
            {...{ model, openPair }}
            path={under ?? chosen ?? focus.path}
            shown={focus.path}
          />
        </aside>
      </div>
    </section>
  );
}

function leadOf({ data, touched, root }: Model): string {
  const clashes = touched.filter(({ pairs }) => pairs.length > 0).length;
  const changed =
    data.branches.length === 0
      ? 'No open branch changes anything.'
      : `${count(data.branches.length, 'open branch', 'open branches')} ${data.branches.length === 1 ? 'changes' : 'change'} ${count(touched.length, 'path')}` +
        (clashes > 0 ? `, and conflict in ${count(clashes, 'of them', 'of them')}.` : '.');
  return `${count(root.total, 'file')} by who may change them. ${changed}`;
}
