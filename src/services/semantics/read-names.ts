import { type ChangedInPackage, goPackageOf } from '../../core/names/shared-names.ts';
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
  /** In the order of the branches. */
  readonly branches: readonly (readonly ChangedInPackage[])[];
  /** Files whose text is not here, is no text or is too large, by the index of the branch. */
  readonly unread: readonly (readonly FileOfCode[])[];
  /** Files that were not looked into, because so much was already. */
  readonly beyond: readonly (readonly RepoPath[])[];
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
  readonly #changes = new Map<string, Promise<ReadChange | null>>();
  #read = 0;

  /** @param text its answers have to come in the order of the questions, so that every run stops at the same place */
  constructor(text: ReadText) {
    this.#text = text;
  }

  async read(branches: readonly (readonly ChangedFile[])[]): Promise<ReadNames> {
    const found: ChangedInPackage[][] = [];
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

  #change(file: FileOfCode): Promise<ReadChange | null> {
    const { path, language, before, after } = file;
    // Of Go, the name of a file says where it is built.
    const key = [language, before, after, language === 'go' ? path : ''].join(' ');
    let change = this.#changes.get(key);
    if (!change) this.#changes.set(key, (change = this.#compare(file)));
    return change;
  }

  async #compare({ path, language, before, after }: FileOfCode): Promise<ReadChange | null> {
    const side = (oid: Oid | null): Promise<string | null> | string =>
      oid === null ? '' : this.#text(oid);
    const [old, now] = await Promise.all([side(before), side(after)]);
    if (old === null || now === null) return null;
    this.#read += old.length + now.length;
    return { ...nameChange(old, now, language), goPackage: goPackageOf(path, language, now) };
  }
}

interface ReadChange extends NameChange {
  readonly goPackage: string | null;
}

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
