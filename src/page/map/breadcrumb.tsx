import type { JSX } from 'preact';
import type { FolderNode } from '../ground/model.ts';

interface Props {
  readonly focus: FolderNode;
  readonly enter: (folder: FolderNode) => void;
}

/** The folders above what the map shows, each a way back. */
export function Breadcrumb({ focus, enter }: Props): JSX.Element {
  const above: FolderNode[] = [];
  for (let folder: FolderNode | null = focus; folder; folder = folder.parent) above.unshift(folder);
  return (
    <nav class="breadcrumb" aria-label="Shown on the map">
      <ol>
        {above.map((folder) => (
          <li key={folder.path}>
            {folder === focus ? (
              <span aria-current="location">{folder.name || 'everything'}</span>
            ) : (
              <button type="button" onClick={() => enter(folder)}>
                {folder.name || 'everything'}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
