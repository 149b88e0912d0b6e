import { type ChangedInPackage, goPackageOf } from '../../core/names/shared-names.ts';
import type { LinguistMarks } from '../../core/glob/linguist-marks.ts';
import { type Language, languageOf } from '../../core/names/language-of.ts';
import { type NameChange, nameChange } from '../../core/names/name-change.ts';
import { isOrdinaryFile } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { ReadText } from './read-streams.ts';
import type { ChangedFile } from './stream-files.ts';

/** Characters of code that are looked through in one run; more takes longer than anybody waits for a notice. */
const MOST_TEXT = 60_000_000;

/** What each branch does to names. */
export interface ReadNames {
  /** In the order of the branches, and of each branch's files of code. */
  readonly branches: readonly (readonly (ChangedInPackage & ComparedFile)[])[];
  /** Files whose text is not here, is no text or is too large, by the index of the branch. */
  readonly unread: readonly (readonly FileOfCode[])[];
  /** Files that were not looked into, because so much was already. */
  readonly beyond: readonly (readonly RepoPath[])[];
}

/** What one change of a file of code does to names; the two contents, and the name of a file of Go, decide it. */
export interface ComparedFile extends NameChange {
  readonly goPackage: string | null;
  /** Characters of both sides. */
  readonly size: number;
}

/** A file of code that a branch changes. */
export interface FileOfCode {
  readonly path: RepoPath;
  readonly language: Language;
  readonly before: Oid | null;
  readonly after: Oid | null;
}

/** Reads what branches do to names, each pair of contents once. A file that cannot be read spoils only itself. */
export class NameReader {
  readonly #text: ReadText;
  readonly #changes = new Map<string, Promise<ComparedFile | null>>();
  /** What an earlier run found out, by the same keys. */
  readonly #known = new Map<string, ComparedFile>();
  #read = 0;

  /** @param text its answers have to come in the order of the questions, so that every run stops at the same place */
  constructor(text: ReadText) {
    this.#text = text;
  }

  /**
   * @param known of some branches, what an earlier run read of their files of code, in the same order; it counts
   *   as read now, so that every run stops at the same place
   */
  async read(
    branches: readonly (readonly ChangedFile[])[],
    known: readonly (readonly ComparedFile[] | undefined)[] = [],
  ): Promise<ReadNames> {
    for (const [at, compared] of known.entries())
      for (const [index, file] of (compared ? codeFiles(branches[at]!) : []).entries())
        this.#known.set(keyOf(file), compared![index]!);
    const found: (ChangedInPackage & ComparedFile)[][] = [];
    const unread: FileOfCode[][] = [];
    const beyond: RepoPath[][] = [];
    for (const changes of branches) {
      const files = codeFiles(changes);
      const isBeyond = this.#read > MOST_TEXT;
      beyond.push(isBeyond ? files.map(({ path }) => path) : []);
      const read = isBeyond ? [] : await Promise.all(files.map((file) => this.#change(file)));
      found.push(
        read.flatMap((change, at) =>
          change === null
            ? []
            : { path: files[at]!.path, language: files[at]!.language, ...change },
        ),
      );
      unread.push(read.flatMap((change, at) => (change === null ? files[at]! : [])));
    }
    return { branches: found, unread, beyond };
  }

  #change(file: FileOfCode): Promise<ComparedFile | null> {
    const key = keyOf(file);
    let change = this.#changes.get(key);
    if (!change) this.#changes.set(key, (change = this.#compare(file, this.#known.get(key))));
    return change;
  }

  async #compare(
    { path, language, before, after }: FileOfCode,
    known: ComparedFile | undefined,
  ): Promise<ComparedFile | null> {
    if (known) {
      this.#read += known.size;
      return known;
    }
    const side = (oid: Oid | null): Promise<string | null> | string =>
      oid === null ? '' : this.#text(oid);
    const [old, now] = await Promise.all([side(before), side(after)]);
    if (old === null || now === null) return null;
    const size = old.length + now.length;
    this.#read += size;
    return { ...nameChange(old, now, language), goPackage: goPackageOf(path, language, now), size };
  }
}

// Of Go, the name of a file says where it is built.
const keyOf = ({ path, language, before, after }: FileOfCode): string =>
  [language, before, after, language === 'go' ? path : ''].join(' ');

const codeFiles = (changes: readonly ChangedFile[]): FileOfCode[] =>
  changes.flatMap(({ path, before, after }): FileOfCode[] => {
    const language = languageOf(path);
    if (language === null || [before, after].some((one) => one !== null && !isOrdinaryFile(one)))
      return [];
    return [{ path, language, before: before?.oid ?? null, after: after?.oid ?? null }];
  });

/** The contents that have to be read. */
export const textsOfCode = (changes: readonly ChangedFile[]): Oid[] =>
  codeFiles(changes).flatMap(({ before, after }) => [before, after].filter((oid) => oid !== null));

/** Without the files that the base marks as generated, or as other people's. */
export const writtenByHand = (
  { branches, unread, beyond }: ReadNames,
  { isGenerated, isVendored }: LinguistMarks,
): ReadNames => {
  const isOwn = (path: RepoPath): boolean => !isGenerated(path) && !isVendored(path);
  return {
    branches: branches.map((files) => files.filter(({ path }) => isOwn(path))),
    unread: unread.map((files) => files.filter(({ path }) => isOwn(path))),
    beyond: beyond.map((paths) => paths.filter(isOwn)),
  };
};
