import { MOST_LANDINGS, type UndoneWork, undoneLandings } from '../../core/undo/undone-landings.ts';
import { Failure } from '../../domain/failure.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import {
  commitsBeside,
  type RawCommit,
  type RawEntryChange,
  recentLandings,
} from '../../git/history/raw-history.ts';

/** Commits of a branch that are asked whether they revert something. */
const MOST_COMMITS = 1000;

/** The newest landings, and what they did away with. */
interface Landed {
  readonly landings: readonly RawCommit[];
  /** By path, the contents that were there before one of them. */
  readonly before: ReadonlyMap<RepoPath, ReadonlySet<Oid>>;
}

/** Looks through the landings of one base, read once. */
export class UndoSearch {
  /** False where some history was not here, so that another answer may come another time. */
  isWhole = true;
  readonly #repo: Repo;
  readonly #base: Oid;
  #landed: Promise<Landed> | null = null;

  constructor(repo: Repo, base: Oid) {
    this.#repo = repo;
    this.#base = base;
  }

  /** For whoever knows that something will be asked: git reads the landings while other things are done. */
  start(): void {
    // A failure is said where they are wanted.
    this.#landed ??= this.#read();
    this.#landed.catch(() => undefined);
  }

  /**
   * What landing a branch takes back of the last landings; null where it takes back nothing, or says so.
   *
   * @param effect what landing it does to the base
   */
  async find(effect: readonly RawEntryChange[], head: Oid): Promise<UndoneWork | null> {
    const changed = effect.filter(({ before, after }) => before !== null && after !== null);
    if (changed.length === 0) return null;
    const { landings, before } = await (this.#landed ??= this.#read());
    if (!changed.some(({ path, after }) => before.get(path)?.has(after!.oid))) return null;
    if (undoneLandings(effect, landings, []) === null) return null;
    // Only of a branch under suspicion it is asked what its commits say.
    const own = await commitsBeside(this.#repo, this.#base, head, MOST_COMMITS);
    return undoneLandings(effect, landings, own);
  }

  /** Nothing where a partial or damaged clone cannot say: this only finds advice. */
  async #read(): Promise<Landed> {
    const before = new Map<RepoPath, Set<Oid>>();
    try {
      const landings = await recentLandings(this.#repo, this.#base, MOST_LANDINGS);
      for (const { changes } of landings)
        for (const { path, before: entry } of changes) {
          if (entry === null) continue;
          const held = before.get(path);
          if (held) held.add(entry.oid);
          else before.set(path, new Set([entry.oid]));
        }
      return { landings, before };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.isWhole = false;
      return { landings: [], before };
    }
  }
}
