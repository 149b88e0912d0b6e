import { foldPath } from '../../domain/text/fold.ts';
import type { Glob } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';

/** Many globs, asked at once which of them match a path. */
export interface GlobSet<T> {
  /** Values of the globs that match exactly, in the order they were given. */
  find(path: RepoPath): T[];
  /**
   * Values of the globs that match exactly or once case and Unicode form are ignored, in the order
   * they were given. `folded` is `foldPath(path)`.
   */
  findFolded(path: RepoPath, folded: string): T[];
}

interface Candidate<T> {
  readonly glob: Glob;
  readonly value: T;
  readonly position: number;
  /** What a path must have to match: the directories it starts with, or a segment anywhere. */
  readonly key: string;
}

type Index<T> = ReadonlyMap<string, readonly Candidate<T>[]>;

/** Globs of which nothing is known are tried on every path. */
const ANYWHERE = '';

/**
 * Sorts globs by the literal directories their matches are in, else by a literal segment their
 * matches must have, so that a path is tried only against globs that have something in common with
 * it. Most policies name directories; globs that start with `**` are found by a name in them.
 */
export function makeGlobSet<T>(
  entries: readonly { readonly glob: Glob; readonly value: T }[],
): GlobSet<T> {
  const candidates = entries.map((entry, position) => ({
    ...entry,
    position,
    key: literalStart(entry.glob.text) || literalSegment(entry.glob.text),
  }));
  const exact = indexBy(candidates, ({ key }) => key);
  const folded = indexBy(candidates, ({ key }) => foldPath(key));
  return {
    find: (path) => collect(exact, path, ({ glob }) => glob.matches(path)),
    findFolded: (path, form) =>
      collect(folded, form, ({ glob }) => glob.matchesFolded(form) || glob.matches(path)),
  };
}

function indexBy<T>(
  candidates: readonly Candidate<T>[],
  keyOf: (candidate: Candidate<T>) => string,
): Index<T> {
  const index = new Map<string, Candidate<T>[]>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    const bucket = index.get(key);
    if (bucket) bucket.push(candidate);
    else index.set(key, [candidate]);
  }
  return index;
}

function collect<T>(
  index: Index<T>,
  path: string,
  matches: (candidate: Candidate<T>) => boolean,
): T[] {
  const found: Candidate<T>[] = [];
  for (const key of keysOf(path))
    for (const candidate of index.get(key) ?? []) if (matches(candidate)) found.push(candidate);
  return found.sort((a, b) => a.position - b.position).map(({ value }) => value);
}

/** Every key under which a glob that matches the path can be filed, each once. */
function keysOf(path: string): string[] {
  const keys = [ANYWHERE];
  for (let start = 0; start < path.length;) {
    const slash = path.indexOf('/', start);
    const end = slash === -1 ? path.length : slash;
    const name = path.slice(start, end);
    if (!keys.includes(name)) keys.push(name);
    // `src/**` is filed under `src/` and also names `src` itself.
    keys.push(`${path.slice(0, end)}/`);
    start = end + 1;
  }
  return keys;
}

/** What may mean more than itself in a glob. */
const SPECIAL = /[*?[\]{}()!+@|\\]/;

/**
 * The directories that every match is in, with a `/` behind each, as far as the text tells at first sight:
 * reading every glob of a policy takes longer than one decision.
 */
function literalStart(text: string): string {
  const special = text.search(SPECIAL);
  const plain = special < 0 ? text : text.slice(0, special);
  return plain.slice(0, plain.lastIndexOf('/') + 1);
}

/**
 * The longest segment without wildcards that every match must have; '' when none is seen. Of two,
 * the later one: names grow more telling further down.
 */
function literalSegment(text: string): string {
  // These may hold a slash.
  if (/[[\]{}()|\\]/.test(text)) return ANYWHERE;
  return text
    .split('/')
    .filter((segment) => !SPECIAL.test(segment))
    .reduce((longest, name) => (name.length >= longest.length ? name : longest), ANYWHERE);
}
