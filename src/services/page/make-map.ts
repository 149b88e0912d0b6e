import type { RepoPath } from '../../domain/path.ts';
import type { PageFolder, PageMap, PagePlace, TouchedPath } from '../../domain/reports/page.ts';

/** Files that are named one by one; of a larger tree, only those a branch changes. */
const MOST_NAMED = 60_000;

/**
 * The tree of the base with the place of every file in the policy, and the paths that branches change.
 *
 * @param files every path of the base.
 * @param touched paths that some branch changes; some may be new.
 */
export function makeMap(
  files: readonly RepoPath[],
  touched: ReadonlySet<RepoPath>,
  placeOf: (path: RepoPath) => PagePlace,
): PageMap {
  const places: PagePlace[] = [];
  const known = new Map<string, number>();
  const place = (path: RepoPath): number => {
    const found = placeOf(path);
    const key = JSON.stringify(found);
    const index = known.get(key) ?? places.push(found) - 1;
    known.set(key, index);
    return index;
  };
  const there = new Set(files);
  const added = [...touched].filter((path) => !there.has(path));
  const root = new Draft('');
  const all = files.length + added.length <= MOST_NAMED;
  const byPath = new Map<RepoPath, number>();
  for (const path of [...files, ...added]) {
    const index = place(path);
    const isTouched = touched.has(path);
    if (isTouched) byPath.set(path, index);
    root.add(path, index, all || isTouched);
  }
  const sorted = [...touched].sort();
  return {
    places,
    root: root.done(),
    touched: sorted.map((path): TouchedPath => {
      const entry = { path, place: byPath.get(path)! };
      return there.has(path) ? entry : { ...entry, added: true };
    }),
  };
}

/** A folder while it is filled. */
class Draft {
  readonly #name: string;
  readonly #folders = new Map<string, Draft>();
  readonly #files: (readonly [name: string, place: number])[] = [];
  readonly #unnamed = new Map<number, number>();

  constructor(name: string) {
    this.#name = name;
  }

  add(path: string, place: number, named: boolean): void {
    const cut = path.indexOf('/');
    if (cut >= 0) this.#below(path.slice(0, cut)).add(path.slice(cut + 1), place, named);
    else if (named) this.#files.push([path, place]);
    else this.#unnamed.set(place, (this.#unnamed.get(place) ?? 0) + 1);
  }

  done(): PageFolder {
    const places = this.#files.map(([, place]) => place);
    const first = places[0] ?? 0;
    return {
      name: this.#name,
      folders: [...this.#folders.values()].map((folder) => folder.done()),
      files: this.#files.map(([name]) => name),
      places: places.every((place) => place === first) ? first : places,
      ...(this.#unnamed.size > 0 && { unnamed: [...this.#unnamed] }),
    };
  }

  #below(name: string): Draft {
    const known = this.#folders.get(name);
    if (known) return known;
    const folder = new Draft(name);
    this.#folders.set(name, folder);
    return folder;
  }
}
