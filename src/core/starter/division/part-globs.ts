import { compare } from '../../../domain/finding.ts';
import type { RepoPath } from '../../../domain/path.ts';
import { literalGlob, readGlob } from '../read-glob.ts';
import { fileGlobs } from './file-globs.ts';
import { nameChoices } from '../name-choice.ts';

/** What one part is, in globs. */
export interface PartGlobs {
  readonly owns: readonly string[];
  /** Holes in these, each of which another part owns. */
  readonly except: readonly string[];
  /** What `owns` names, one directory or group of files each, as a person says it. */
  readonly places: readonly string[];
}

/**
 * A hole is not come back into: whoever owns around it gives away these few of its files as well, at most such a
 * share of the directory.
 */
const BACK = 0.2;

interface Place {
  readonly path: string;
  readonly below: Map<string, Place>;
  readonly files: RepoPath[];
  /** How many files of each part are here and below. */
  readonly count: number[];
  /** For each part, how many globs it takes to say this place when it is that part's. */
  cost: number[];
}

/**
 * Says a division in few globs: directories of one part, with holes where another one begins. A
 * directory belongs to whoever makes it shortest, so that new files have an owner. The top is nobody's.
 *
 * @returns the globs of each part, and the files that none of our globs can name
 */
export function partGlobs(
  partOf: ReadonlyMap<RepoPath, number>,
  parts: number,
): { readonly globs: PartGlobs[]; readonly left: RepoPath[] } {
  const top = makePlace('', parts);
  for (const [path, part] of partOf) put(top, path, part, parts);
  measure(top, partOf);
  const said = new SaidGlobs(parts);
  const left: RepoPath[] = [];
  const visit = (place: Place, owner: number | null, outer: ReadonlySet<number>): void => {
    const isStrange = (part: number): boolean => part !== owner && !outer.has(part);
    const strange = place.files.filter((file) => isStrange(partOf.get(file)!));
    for (const [part, files] of byPart(strange, partOf)) {
      const others = place.files.filter((file) => partOf.get(file) !== part);
      for (const { glob, names } of fileGlobs(files, others))
        if (!said.give(glob, [glob.replace(/\\(.)/g, '$1')], part, owner)) left.push(...names);
    }
    const below = [...place.below].sort(([a], [b]) => compare(a, b));
    const wanted = new Map(below.map(([name, next]) => [name, ownerOf(next, owner, outer)]));
    const given = giveDirectories(said, place.path, wanted, owner);
    for (const [name, next] of below)
      // Whoever has a hole here must not come back inside of it: the hole would take that, too.
      if (given.has(name))
        visit(next, wanted.get(name)!, owner === null ? outer : new Set([...outer, owner]));
      else visit(next, owner, outer);
  };
  visit(top, null, new Set());
  return { globs: said.globs, left };
}

/** The globs of each part, as they are found. */
class SaidGlobs {
  readonly globs: { owns: string[]; except: string[]; places: string[] }[];

  constructor(parts: number) {
    this.globs = Array.from({ length: parts }, () => ({ owns: [], except: [], places: [] }));
  }

  /** Makes a hole for one part in what another one owns. False where our grammar has no such glob. */
  give(glob: string, places: readonly string[], to: number, from: number | null): boolean {
    if (readGlob(glob) === null) return false;
    this.globs[to]!.owns.push(glob);
    this.globs[to]!.places.push(...places);
    if (from !== null) this.globs[from]!.except.push(glob);
    return true;
  }
}

/**
 * Gives directories beside each other to those who want them, in one glob as many as a reader can take in.
 *
 * @param wanted whose each directory is to be, by its name
 * @returns the names of those that were given
 */
function giveDirectories(
  said: SaidGlobs,
  path: string,
  wanted: ReadonlyMap<string, number | null>,
  owner: number | null,
): ReadonlySet<string> {
  const given = new Set<string>();
  const before = path === '' ? '' : `${path}/`;
  for (const part of new Set(wanted.values())) {
    if (part === owner || part === null) continue;
    const theirs = [...wanted].flatMap(([name, to]) => (to === part ? [name] : []));
    // At the top each has a line of its own: that is what a reader looks for.
    const choices =
      before === ''
        ? theirs.map((name) => ({ glob: `${literalGlob(name)}/**`, names: [name] }))
        : nameChoices(literalGlob(before), theirs, '/**');
    for (const { glob, names } of choices) {
      const places = names.map((name) => before + name);
      if (said.give(glob, places, part, owner)) for (const name of names) given.add(name);
    }
  }
  return given;
}

function ownerOf(place: Place, owner: number | null, outer: ReadonlySet<number>): number | null {
  const staying = owner === null ? Infinity : place.cost[owner]!;
  let [best, price] = [owner, staying];
  for (const [part, cost] of place.cost.entries()) {
    if (part === owner || place.count[part] === 0 || 1 + cost >= price) continue;
    const shut = [...outer, ...(owner === null ? [] : [owner])];
    const back = shut.reduce((sum, each) => sum + (each === part ? 0 : place.count[each]!), 0);
    const all = place.count.reduce((sum, each) => sum + each, 0);
    if (back > all * BACK) continue;
    if (outer.has(part)) continue;
    [best, price] = [part, 1 + cost];
  }
  return best;
}

/** From the bottom up: what each owner of a place would cost. */
function measure(place: Place, partOf: ReadonlyMap<RepoPath, number>): void {
  for (const next of place.below.values()) measure(next, partOf);
  place.cost = place.count.map((_, part) => {
    const files = place.files.filter((file) => partOf.get(file) !== part).length;
    // Of parts that cost the same, the one with most files.
    const share = place.count[part]! / (place.count.reduce((sum, count) => sum + count, 0) || 1);
    return [...place.below.values()].reduce(
      (sum, next) => sum + Math.min(next.cost[part]!, 1 + Math.min(...next.cost)),
      files + (1 - share) / 1000,
    );
  });
}

const makePlace = (path: string, parts: number): Place => ({
  path,
  below: new Map(),
  files: [],
  count: new Array<number>(parts).fill(0),
  cost: [],
});

function put(top: Place, path: RepoPath, part: number, parts: number): void {
  const names = path.split('/').slice(0, -1);
  let at = top;
  at.count[part]! += 1;
  for (const [depth, name] of names.entries()) {
    const next = at.below.get(name) ?? makePlace(names.slice(0, depth + 1).join('/'), parts);
    at.below.set(name, next);
    at = next;
    at.count[part]! += 1;
  }
  at.files.push(path);
}

function byPart(
  files: readonly RepoPath[],
  partOf: ReadonlyMap<RepoPath, number>,
): [number, RepoPath[]][] {
  const groups = new Map<number, RepoPath[]>();
  for (const file of files) {
    const part = partOf.get(file)!;
    groups.set(part, [...(groups.get(part) ?? []), file]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}
