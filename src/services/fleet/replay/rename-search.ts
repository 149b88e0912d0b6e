import { directoriesAddedTo } from '../../../core/overlap/reach.ts';
import { type Entry, isOrdinaryFile } from '../../../domain/change.ts';
import { directoriesAbove, type RepoPath } from '../../../domain/path.ts';
import { RENAME_LIMIT } from '../../../domain/options/fleet-options.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { TreeReader } from '../../../git/objects/trees.ts';
import { partnerOf } from '../fleet-branch.ts';
import { type FleetContext, unlessMissing } from '../open/context.ts';
import { BaseTrees } from '../solo/base-trees.ts';
import type { Contacts } from './contacts.ts';
import type { LandingStep } from './landed-state.ts';

/** A file that a branch changed, as it was when the branch began, and that is gone where the branch lands. */
interface Sought {
  readonly path: RepoPath;
  readonly oid: Oid;
  /** Bytes; null where nobody can say. */
  readonly size: number | null;
}

/**
 * What git can see when it looks where something went: a file that a branch changed and that the base, or those
 * who landed before it, did away with. It only looks among the files that are new since the branch began,
 * and takes one with the same content, with the same name, or of which at least half is the same; so the larger
 * has at most twice the bytes of the other.
 * Source: git 2.39, merge-ort.c `add_pair`, diffcore-rename.c `find_identical_files`, `find_basename_matches` and
 * `estimate_similarity`.
 */
export class RenameSearch {
  readonly #context: FleetContext;
  readonly #contacts: Contacts;
  readonly #trees: BaseTrees;
  readonly #sizes = new Map<Oid, Promise<number | null>>();

  constructor(context: FleetContext, contacts: Contacts) {
    this.#context = context;
    this.#contacts = contacts;
    this.#trees = new BaseTrees(context.session.reader, context.base.tree);
  }

  /**
   * Of the paths that those who landed changed, those that have a say in what git finds; all of them where
   * that cannot be told apart.
   */
  async decisive(step: LandingStep, changed: ReadonlySet<RepoPath>): Promise<Iterable<RepoPath>> {
    const gone = this.#gone(step);
    const isMoved = this.#isMoved(step, changed);
    const isSearched = gone.length > 0 || isMoved;
    if (!isSearched && (partnerOf(step.branch)!.byFiles || this.#isSimple(step))) return [];
    if (isMoved || !this.#isSimple(step)) return changed;
    const decided = await unlessMissing(async () => {
      const began = await this.#trees.began(step.branch.tip!.history.mergeBases[0]!);
      return this.#among(changed, step, await this.#sought(gone), began);
    });
    return 'failed' in decided ? changed : decided;
  }

  /** What the branch changed since it began, and is gone. */
  #gone({ from, branch }: LandingStep): (readonly [RepoPath, Oid])[] {
    const met = new Map(partnerOf(branch)!.met.map(({ path, now }) => [path, now]));
    return this.#contacts.reach(branch.member.ref).changes.flatMap(({ path, before }) => {
      const landed = from.entry(path);
      const now = landed === undefined && met.has(path) ? met.get(path)! : landed;
      return before && now !== undefined && !isOrdinaryFile(now) ? [[path, before.oid]] : [];
    });
  }

  /** Whether a directory may be gone that the branch adds to: then git puts what it adds elsewhere. */
  #isMoved({ from, branch }: LandingStep, changed: ReadonlySet<RepoPath>): boolean {
    const { dissolving } = this.#contacts;
    if (partnerOf(branch)!.directories) return true;
    const added = directoriesAddedTo(this.#contacts.reach(branch.member.ref));
    const watched = [...added].filter((directory) => dissolving.has(directory));
    return (
      watched.length > 0 &&
      [...changed].some(
        (path) =>
          !isOrdinaryFile(from.entry(path) ?? null) &&
          directoriesAbove(path).some((above) => watched.includes(above)),
      )
    );
  }

  /** Whether there is one place where the branch began, and git looks at everything. */
  #isSimple({ from, branch }: LandingStep): boolean {
    const related = this.#contacts.relatedTo(branch.member.ref);
    return (
      branch.tip!.history.mergeBases.length === 1 &&
      this.#context.options.renameLimit >= RENAME_LIMIT &&
      (related.size === 0 || !from.hasSome(related))
    );
  }

  #sought(gone: readonly (readonly [RepoPath, Oid])[]): Promise<Sought[]> {
    return Promise.all(
      gone.map(async ([path, oid]) => ({ path, oid, size: await this.#size(oid) })),
    );
  }

  async #among(
    changed: ReadonlySet<RepoPath>,
    { from }: LandingStep,
    sought: readonly Sought[],
    began: TreeReader,
  ): Promise<RepoPath[]> {
    const decisive: RepoPath[] = [];
    const added: (readonly [RepoPath, Entry])[] = [];
    const oids = new Set(sought.map(({ oid }) => oid));
    const places = new Set(sought.map(({ path }) => directoryOf(path)));
    for (const path of changed) {
      const [was, now] = [await began.entry(path), from.entry(path) ?? null];
      const isNew = was === null || was.mode === '040000';
      if (isNew && now) added.push([path, now]);
      // Where something else went from the same place, git looks first.
      if (isNew || now || !(oids.has(was.oid) || places.has(directoryOf(path)))) continue;
      decisive.push(path);
      oids.add(was.oid);
    }
    const names = new Set(sought.map(({ path }) => nameOf(path)));
    for (const [path, { oid }] of added)
      if (oids.has(oid) || names.has(nameOf(path)) || (await this.#isLike(oid, sought)))
        decisive.push(path);
    return decisive;
  }

  async #isLike(oid: Oid, sought: readonly Sought[]): Promise<boolean> {
    const size = await this.#size(oid);
    return sought.some(
      (one) =>
        size === null ||
        one.size === null ||
        Math.max(size, one.size) <= 2 * Math.min(size, one.size),
    );
  }

  #size(oid: Oid): Promise<number | null> {
    let size = this.#sizes.get(oid);
    if (!size) this.#sizes.set(oid, (size = this.#readSize(oid)));
    return size;
  }

  async #readSize(oid: Oid): Promise<number | null> {
    return (await this.#context.session.reader.read(oid, 0))?.size ?? null;
  }
}

const directoryOf = (path: RepoPath): string => path.slice(0, path.lastIndexOf('/') + 1);
const nameOf = (path: RepoPath): string => path.slice(path.lastIndexOf('/') + 1);
