import { type Oid, parseOid } from '../../domain/refs.ts';
import type { ObjectReader } from '../objects/object-reader.ts';

/** A branch without merges since it left the history of the base. */
export interface StraightLine {
  /** Where it left it, as far as was looked: the base itself where the branch has all of it. */
  readonly fork: Oid;
  /** What it has beyond that, newest first. */
  readonly commits: readonly Oid[];
  /** Whether the history of the base has a commit. False also where that was not found out. */
  isInBase(commit: Oid): Promise<boolean>;
}

/** Commits read of the branch, and of the base: most branches are shorter, and each costs a tenth of a process. */
const MOST = 100;

/**
 * Follows a branch down to the history of the base, by reading commits and without a process. Not for
 * shallow clones, whose commits name parents that are not there.
 *
 * @returns null where there is a merge on the way, or it is too far: then git has to be asked.
 */
export async function straightLine(
  reader: ObjectReader,
  base: Oid,
  head: Oid,
): Promise<StraightLine | null> {
  const history = new History(reader, base);
  const line: Oid[] = [head];
  let ended = false;
  for (let step = 0; step < MOST; step += 1) {
    const fork = line.find((commit) => history.has(commit));
    if (fork !== undefined)
      return {
        fork,
        commits: line.slice(0, line.indexOf(fork)),
        isInBase: async (commit) => history.has(commit) || history.reaches(commit),
      };
    const grew = await history.grow();
    if (ended && !grew) return null;
    if (ended) continue;
    const [next, ...others] = (await parentsOf(reader, line.at(-1)!)) ?? [];
    // A root, or a commit that is missing, ends the line; the base may still come down to it.
    if (others.length > 0) return null;
    if (next === undefined) ended = true;
    else line.push(next);
  }
  return null;
}

/** The history of a commit, read as far as it is needed. */
class History {
  readonly #reader: ObjectReader;
  readonly #known: Set<Oid>;
  readonly #open: Oid[];
  #read = 0;

  constructor(reader: ObjectReader, tip: Oid) {
    this.#reader = reader;
    this.#known = new Set([tip]);
    this.#open = [tip];
  }

  has(commit: Oid): boolean {
    return this.#known.has(commit);
  }

  /** Reads one commit more. False when there is none, or enough were read. */
  async grow(): Promise<boolean> {
    const next = this.#open.shift();
    if (next === undefined || (this.#read += 1) > MOST) return false;
    for (const parent of (await parentsOf(this.#reader, next)) ?? [])
      if (!this.#known.has(parent)) this.#open.push((this.#known.add(parent), parent));
    return true;
  }

  async reaches(commit: Oid): Promise<boolean> {
    while (!this.has(commit)) if (!(await this.grow())) return false;
    return true;
  }
}

/** As the commit itself names them, whatever grafts say. Null when it is not here. */
async function parentsOf(reader: ObjectReader, commit: Oid): Promise<Oid[] | null> {
  const object = await reader.read(commit);
  if (object?.type !== 'commit') return null;
  const text = object.data.toString('latin1');
  const header = text.slice(0, text.indexOf('\n\n'));
  return Array.from(header.matchAll(/^parent ([0-9a-f]+)$/gm), ([, oid]) => parseOid(oid!)).filter(
    (oid) => oid !== null,
  );
}
