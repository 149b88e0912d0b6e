import { compare } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import { nameChoices } from './name-choice.ts';
import { literalGlob, readGlob } from './read-glob.ts';

/** Whether a glob may be used for files it names, which are all of one kind. */
export type MayCover = (glob: string) => boolean;

interface Branch {
  readonly below: Map<string, Branch>;
  readonly files: RepoPath[];
  /** Files here and below. */
  count: number;
  wanted: number;
}

/**
 * The fewest globs of whole directories and single files that name `wanted` and no other of `all`.
 * Directories are tried from the top down; one that `mayCover` refuses is looked into.
 *
 * @returns the globs, and the files that none of our globs can name
 */
export function coverFiles(
  wanted: ReadonlySet<RepoPath>,
  all: readonly RepoPath[],
  mayCover: MayCover = () => true,
): { readonly globs: string[]; readonly left: RepoPath[] } {
  const top = makeBranch();
  for (const path of all) put(top, path, wanted.has(path));
  const globs: string[] = [];
  const left: RepoPath[] = [];
  const use = (glob: string): boolean => {
    const usable = readGlob(glob) !== null && mayCover(glob);
    if (usable) globs.push(glob);
    return usable;
  };
  /** Names several by one glob where that may be, else each by its own; gives those that have none. */
  const name = (before: string, names: readonly string[], after: string): string[] =>
    nameChoices(before, names, after).flatMap((choice) =>
      use(choice.glob)
        ? []
        : choice.names.filter((each) => !use(`${before}${literalGlob(each)}${after}`)),
    );
  const visit = (branch: Branch, path: string): void => {
    const own = branch.files.filter((file) => wanted.has(file));
    const within = path === '' ? '' : `${literalGlob(path)}/`;
    const start = path === '' ? 0 : path.length + 1;
    const whole = path !== '' && own.length > 1 && own.length === branch.files.length;
    if (!whole || !use(`${within}*`)) {
      const unnamed = name(
        within,
        own.map((file) => file.slice(start)),
        '',
      );
      left.push(...own.filter((file) => unnamed.includes(file.slice(start))));
    }
    const below = [...branch.below].filter(([, next]) => next.wanted > 0);
    below.sort(([a], [b]) => compare(a, b));
    const complete = below.filter(([, next]) => next.wanted === next.count).map(([each]) => each);
    const open = name(within, complete, '/**');
    for (const [each, next] of below)
      if (!complete.includes(each) || open.includes(each))
        visit(next, path === '' ? each : `${path}/${each}`);
  };
  visit(top, '');
  return { globs, left };
}

const makeBranch = (): Branch => ({ below: new Map(), files: [], count: 0, wanted: 0 });

function put(top: Branch, path: RepoPath, wanted: boolean): void {
  const names = path.split('/').slice(0, -1);
  let at = top;
  const add = (branch: Branch): void => {
    branch.count += 1;
    branch.wanted += wanted ? 1 : 0;
  };
  add(at);
  for (const name of names) {
    const next = at.below.get(name) ?? makeBranch();
    at.below.set(name, next);
    at = next;
    add(at);
  }
  at.files.push(path);
}
