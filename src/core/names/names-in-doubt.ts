import type { RepoPath } from '../../domain/path.ts';
import type { Language } from './language-of.ts';
import type { NameChange } from './name-change.ts';

/** A file of code that a branch changes. */
export interface ChangedNames extends NameChange {
  readonly path: RepoPath;
  readonly language: Language;
}

/** A name that one branch removes and another begins to use. Branches are named by their index. */
export interface NameInDoubt {
  readonly name: string;
  readonly language: Language;
  readonly remover: number;
  /** Where it was defined. */
  readonly removed: RepoPath;
  readonly user: number;
  /** Where it is used: by a line that the branch adds. */
  readonly used: RepoPath;
}

/**
 * The names that one branch removes without defining them anew, and that another adds uses of, without
 * removing or defining them itself; rules 1 and 3 of the strict name rule. Whether the first still uses
 * them itself has to be asked of its whole tree.
 */
export function namesInDoubt(branches: readonly (readonly ChangedNames[])[]): NameInDoubt[] {
  const fresh = branches.map((files) =>
    keysOf(files, ({ fresh: all }) => all.map(({ name }) => name)),
  );
  const gone = branches.map((files) => keysOf(files, ({ gone: all }) => all));
  const removers = new Map<string, { readonly at: number; readonly path: RepoPath }[]>();
  for (const [at, files] of branches.entries())
    for (const { path, language, gone: names } of files)
      for (const name of names) {
        const key = keyOf(language, name);
        if (fresh[at]!.has(key)) continue;
        const known = removers.get(key);
        if (!known) removers.set(key, [{ at, path }]);
        // Where it was defined in several files, the first stands for all.
        else if (known.at(-1)!.at !== at) known.push({ at, path });
      }
  const found: NameInDoubt[] = [];
  if (removers.size === 0) return found;
  for (const [user, files] of branches.entries()) {
    const seen = new Set<string>();
    for (const { path, language, used } of files)
      for (const name of used) {
        const key = keyOf(language, name);
        const by = removers.get(key);
        if (!by || seen.has(key) || gone[user]!.has(key) || fresh[user]!.has(key)) continue;
        seen.add(key);
        for (const { at, path: removed } of by)
          if (at !== user) found.push({ name, language, remover: at, removed, user, used: path });
      }
  }
  return found;
}

const keyOf = (language: Language, name: string): string => `${language} ${name}`;

const keysOf = (
  files: readonly ChangedNames[],
  names: (file: ChangedNames) => Iterable<string>,
): Set<string> =>
  new Set(files.flatMap((file) => [...names(file)].map((name) => keyOf(file.language, name))));
