import { MOST_LANDINGS, type UndoneWork, undoneLandings } from '../../core/undo/undone-landings.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import {
  commitsBeside,
  type RawCommit,
  type RawEntryChange,
  recentLandings,
} from '../../git/history/raw-history.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { HeldBefore } from './held-before.ts';

/** Commits of a branch that are asked whether they revert something. */
const MOST_COMMITS = 1000;

/** Looks through the landings of one base, read once. */
export class UndoSearch {
  readonly #repo: Repo;
  readonly #base: Oid;
  readonly #held: HeldBefore;
  #landings: Promise<readonly RawCommit[]> | null = null;

  constructor(repo: Repo, reader: ObjectReader, base: Oid) {
    this.#repo = repo;
    this.#base = base;
    this.#held = new HeldBefore(reader, base, MOST_LANDINGS);
  }

  /** False where some history was not here, so that another answer may come another time. */
  get isWhole(): boolean {
    return this.#held.isWhole;
  }

  /**
   * What landing a branch takes back of the last landings; null where it takes back nothing, or says so.
   *
   * @param effect what landing it does to the base
   */
  async find(effect: readonly RawEntryChange[], head: Oid): Promise<UndoneWork | null> {
    const changed = effect.some(({ before, after }) => before !== null && after !== null);
    if (!changed) return null;
    if (!(await this.#held.some(effect))) return null;
    const landings = await (this.#landings ??= recentLandings(
      this.#repo,
      this.#base,
      MOST_LANDINGS,
    ));
    if (undoneLandings(effect, landings, []) === null) return null;
    // Only of a branch under suspicion it is asked what its commits say.
    const own = await commitsBeside(this.#repo, this.#base, head, MOST_COMMITS);
    return undoneLandings(effect, landings, own);
  }
}
