import { compare } from '../../domain/finding.ts';
import { MISLEADING } from '../../domain/misleading.ts';
import type { RepoPath } from '../../domain/path.ts';
import { literalGlob, readGlob } from './read-glob.ts';

/** Directories whose own directories are the parts people work on. */
const CONTAINERS = new Set([
  'apps',
  'components',
  'crates',
  'libs',
  'modules',
  'packages',
  'plugins',
  'projects',
  'services',
]);

/** More parts than this are no start for anyone. */
const MOST = 24;

/** A directory that one agent may look after. */
export interface Folder {
  /** Without trailing slash: `services/api`. */
  readonly path: string;
  /** How many tracked files it holds. */
  readonly files: number;
}

/**
 * The directories at the top, and those one level down where the top one only contains others
 * (`services/*`). Hidden ones belong to tools; names that no glob can say, or that mislead a reader, are left out.
 */
export function findFolders(paths: readonly RepoPath[]): Folder[] {
  const deep = countFolders(paths, containersOf(paths));
  const folders = deep.length <= MOST ? deep : countFolders(paths, new Set());
  const largest = folders.sort((a, b) => b.files - a.files).slice(0, MOST);
  return largest.sort((a, b) => compare(a.path, b.path));
}

/** Which of the folders a path lies in; null for none. */
export function folderOf(path: RepoPath, folders: ReadonlySet<string>): string | null {
  const [top = '', second = ''] = path.split('/');
  const inner = `${top}/${second}`;
  if (inner !== path && folders.has(inner)) return inner;
  return top !== path && folders.has(top) ? top : null;
}

/** Containers with at least two directories in them; fewer are no division of labour. */
function containersOf(paths: readonly RepoPath[]): Set<string> {
  const inner = new Set(paths.flatMap((path) => /^([^/]+)\/[^/]+(?=\/)/.exec(path)?.[0] ?? []));
  const tops = [...inner].map((folder) => folder.split('/', 1)[0]!);
  return new Set(tops.filter((top, at) => CONTAINERS.has(top) && tops.indexOf(top) !== at));
}

function countFolders(paths: readonly RepoPath[], containers: ReadonlySet<string>): Folder[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const [top = '', second = '', third] = path.split('/');
    const folder = containers.has(top) ? `${top}/${second}` : top;
    const isFile = containers.has(top) ? third === undefined : second === '';
    if (isFile || /(?:^|\/)\./.test(folder) || !isNameable(folder)) continue;
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].map(([path, files]) => ({ path, files }));
}

/** True when a glob can name it and a reader can see what it names. */
const isNameable = (folder: string): boolean =>
  !MISLEADING.test(folder) && readGlob(`${literalGlob(folder)}/**`) !== null;
