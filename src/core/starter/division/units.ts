import { compare } from '../../../domain/finding.ts';
import type { RepoPath } from '../../../domain/path.ts';

/** Files that go into a part together: a file, the rest of a directory's files, or a whole directory. */
export interface Unit {
  /** The directory it lies in, or is; '' is the top. */
  readonly directory: string;
  readonly files: readonly RepoPath[];
  /** How many changes of these files there were, each commit counting 1 whatever its size. */
  readonly load: number;
}

/** A directory that has less than this share of all changes is not looked into. */
const LIGHT = 0.01;
/** Nor is one that has less than this share of all files. */
const FEW = 0.03;
/** A file that changed this often can go another way than its directory. */
const TELLING = 4;

interface Directory {
  readonly path: string;
  readonly below: Map<string, Directory>;
  readonly files: RepoPath[];
  load: number;
  count: number;
}

/** What there is to know about the changes of one file. */
export interface FileHistory {
  /** Commits that changed it. */
  readonly times: number;
  /** The sum over these of 1 through the number of files of the commit. */
  readonly load: number;
}

/** How often each file changed. */
export function fileHistories(
  commits: readonly { readonly paths: readonly RepoPath[] }[],
): Map<RepoPath, FileHistory> {
  const histories = new Map<RepoPath, FileHistory>();
  for (const { paths } of commits)
    for (const path of paths) {
      const { times, load } = histories.get(path) ?? { times: 0, load: 0 };
      histories.set(path, { times: times + 1, load: load + 1 / paths.length });
    }
  return histories;
}

/**
 * Cuts a tree into units, the finer the more is known: where little changed nobody can say more than
 * that files of one directory belong together.
 */
export function makeUnits(
  paths: readonly RepoPath[],
  histories: ReadonlyMap<RepoPath, FileHistory>,
): Unit[] {
  const top = makeDirectory('');
  for (const path of paths) put(top, path, histories.get(path)?.load ?? 0);
  const units: Unit[] = [];
  const visit = (directory: Directory): void => {
    const { path, below, files, load, count } = directory;
    const plain = load <= top.load * LIGHT && count <= top.count * FEW;
    if (plain && path !== '') {
      units.push({ directory: path, files: allFiles(directory), load });
      return;
    }
    for (const name of [...below.keys()].sort(compare)) visit(below.get(name)!);
    const telling = files.filter((file) => (histories.get(file)?.times ?? 0) >= TELLING);
    const rest = files.filter((file) => !telling.includes(file));
    for (const group of [...telling.map((file) => [file]), rest])
      if (group.length > 0)
        units.push({
          directory: path,
          files: group,
          load: group.reduce((sum, file) => sum + (histories.get(file)?.load ?? 0), 0),
        });
  };
  visit(top);
  return units;
}

const makeDirectory = (path: string): Directory => ({
  path,
  below: new Map(),
  files: [],
  load: 0,
  count: 0,
});

function put(top: Directory, path: RepoPath, load: number): void {
  let at = top;
  const add = (directory: Directory): void => {
    directory.load += load;
    directory.count += 1;
  };
  add(top);
  const names = path.split('/').slice(0, -1);
  for (const [depth, name] of names.entries()) {
    const next = at.below.get(name) ?? makeDirectory(names.slice(0, depth + 1).join('/'));
    at.below.set(name, next);
    at = next;
    add(at);
  }
  at.files.push(path);
}

const allFiles = ({ files, below }: Directory): RepoPath[] => [
  ...files,
  ...[...below.values()].flatMap(allFiles),
];
