import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FileNode, FolderNode, Model } from '../ground/model.ts';
import { count } from '../ground/words.ts';
import { kindOf } from '../ground/kinds.ts';

interface Props {
  readonly model: Model;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly find: (path: string) => void;
}

/** Results that are listed; the rest is counted. */
const MOST = 30;

/** Finds files by any part of their path. */
export function PathSearch({ model, query, setQuery, find }: Props): JSX.Element {
  const { found, all } = useMemo(() => search(model.root, query), [model, query]);
  return (
    <search class="search">
      <label for="path-search">Find a path</label>
      <input
        id="path-search"
        type="search"
        autocomplete="off"
        spellcheck={false}
        placeholder="src/core…"
        value={query}
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
      />
      <p class="search-count" role="status">
        {query === '' ? '' : all === 0 ? 'No path has this in it.' : `${count(all, 'path')} found`}
      </p>
      {query !== '' && all > 0 && (
        <ul class="results" aria-label="Paths found">
          {found.map(({ path, place }) => (
            <li key={path}>
              <button type="button" onClick={() => find(path)}>
                <span class={`swatch ${kindOf(model, place).look}`} aria-hidden="true" />
                <code>{path}</code> <small>{kindOf(model, place).label}</small>
              </button>
            </li>
          ))}
          {all > found.length && <li class="more">and {count(all - found.length, 'more path')}</li>}
        </ul>
      )}
    </search>
  );
}

/** The first files whose path holds the words, and how many there are; case does not count. */
export function search(
  root: FolderNode,
  query: string,
): { readonly found: readonly FileNode[]; readonly all: number } {
  const wanted = query.trim().toLowerCase();
  const found: FileNode[] = [];
  let all = 0;
  const visit = ({ files, folders }: FolderNode): void => {
    for (const file of files)
      if (file.path.toLowerCase().includes(wanted)) {
        all += 1;
        if (found.length < MOST) found.push(file);
      }
    folders.forEach(visit);
  };
  if (wanted !== '') visit(root);
  return { found, all };
}
