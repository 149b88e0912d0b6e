import type { NameInDoubt } from '../../core/names/names-in-doubt.ts';
import { declares, importsElsewhere } from '../../core/names/declares.ts';
import { codePaths, type Language, languageOf } from '../../core/names/language-of.ts';
import type { DanglingName } from '../../core/names/name-words.ts';
import { usedMore } from '../../core/names/name-change.ts';
import { firstUse, namesIn } from '../../core/names/names-in.ts';
import { stripCode } from '../../core/names/strip-code.ts';
import { isOrdinaryFile } from '../../domain/change.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { ReadText } from './read-streams.ts';
import type { ChangedFile } from './stream-files.ts';

/** What a base holds, as far as names are looked for in it. */
export interface NamesOfBase {
  /** The text files that hold any of the words. */
  readonly search: (
    words: readonly string[],
    paths: readonly string[],
  ) => Promise<readonly RepoPath[]>;
  readonly blobAt: (path: RepoPath) => Promise<Oid | null>;
  readonly text: ReadText;
}

/** A name that dangles once both have landed, and whose it is. */
export interface SettledDoubt extends DanglingName {
  readonly remover: number;
  readonly user: number;
}

/** Names that are searched for at once, and files of the base that are read for them. */
const MOST_NAMES = 1000;
const MOST_FILES = 4000;

/**
 * Of the names in doubt, those that dangle: the branch that removes one has it nowhere in its code any more,
 * and the one that uses it gives it no meaning of its own; rules 2 and 4 of the strict name rule.
 *
 * @param branches what each changes, by the index that the doubts name
 * @returns null where the base holds too much of it to be read
 */
export async function settleDoubts(
  doubts: readonly NameInDoubt[],
  branches: readonly (readonly ChangedFile[])[],
  base: NamesOfBase,
): Promise<SettledDoubt[] | null> {
  // Whoever still has it itself has not removed it; most have.
  const own = new Map<number, ReadonlySet<string>>();
  for (const { remover } of doubts)
    if (!own.has(remover)) own.set(remover, await namesLeft(branches[remover]!, base.text));
  const removed = doubts.filter(
    ({ remover, language, name }) => !own.get(remover)!.has(keyOf(language, name)),
  );
  const uses = new UseReader(base.text);
  const left: SettledDoubt[] = [];
  const languages = new Map<SettledDoubt, Language>();
  for (const doubt of removed) {
    const line = await uses.line(doubt, branches[doubt.user]!);
    if (line === 0) continue;
    const { name, remover, user } = doubt;
    const settled = {
      name,
      remover,
      user,
      removed: doubt.removed,
      used: { path: doubt.used, line },
    };
    languages.set(settled, doubt.language);
    left.push(settled);
  }
  const holders = await holdersIn(base, left, languages);
  if (holders === null) return null;
  const changed = new Map(
    [...own.keys()].map((at) => [at, new Set(branches[at]!.map(({ path }) => path))]),
  );
  return left.filter((one) => {
    const mine = changed.get(one.remover)!;
    const places = holders.get(keyOf(languages.get(one)!, one.name)) ?? [];
    return places.every((path) => mine.has(path));
  });
}

/** Both sides of a file that begins to use a name, read and looked through once. */
interface UsingFile {
  readonly text: string;
  readonly before: string;
  readonly code: string;
  readonly used: ReadonlySet<string>;
}

class UseReader {
  readonly #text: ReadText;
  readonly #files = new Map<string, Promise<UsingFile>>();

  constructor(text: ReadText) {
    this.#text = text;
  }

  /** Where a branch begins to use a name that is not its own; 0 where it means another thing. */
  async line(
    { name, language, used, removed }: NameInDoubt,
    changes: readonly ChangedFile[],
  ): Promise<number> {
    const change = changes.find(({ path }) => path === used)!;
    const key = [language, change.before?.oid, change.after?.oid].join(' ');
    let file = this.#files.get(key);
    if (!file) this.#files.set(key, (file = this.#read(change, language)));
    const { text, before, code, used: more } = await file;
    if (!more.has(name) || declares(code, name, language)) return 0;
    if (importsElsewhere(text, name, { language, removed })) return 0;
    return firstUse(before, code, name);
  }

  async #read({ before, after }: ChangedFile, language: Language): Promise<UsingFile> {
    const side = async (oid: Oid | undefined): Promise<string> =>
      oid === undefined ? '' : ((await this.#text(oid)) ?? '');
    const [old, text] = [await side(before?.oid), await side(after?.oid)];
    const [stripped, code] = [stripCode(old, language), stripCode(text, language)];
    return { text, before: stripped, code, used: usedMore(stripped, code) };
  }
}

/** Every name in the code that a branch leaves in the files it changes, by language. */
async function namesLeft(
  changes: readonly ChangedFile[],
  text: ReadText,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { path, after } of changes) {
    const language = languageOf(path);
    if (language === null || !isOrdinaryFile(after)) continue;
    const code = stripCode((await text(after!.oid)) ?? '', language);
    for (const name of namesIn(code)) names.add(keyOf(language, name));
  }
  return names;
}

/** The files of the base that hold each of the names in their code. */
async function holdersIn(
  base: NamesOfBase,
  left: readonly SettledDoubt[],
  languages: ReadonlyMap<SettledDoubt, Language>,
): Promise<ReadonlyMap<string, readonly RepoPath[]> | null> {
  const holders = new Map<string, RepoPath[]>();
  const wanted = new Set(left.map((one) => keyOf(languages.get(one)!, one.name)));
  const words = [...new Set(left.map(({ name }) => name))];
  if (words.length === 0) return holders;
  if (words.length > MOST_NAMES) return null;
  const paths = [...new Set(languages.values())].flatMap(codePaths);
  const files = await base.search(words, paths);
  if (files.length > MOST_FILES) return null;
  for (const path of files) {
    const language = languageOf(path);
    const oid = language === null ? null : await base.blobAt(path);
    const text = oid === null ? null : await base.text(oid);
    // What cannot be read may hold every one of them.
    const names = text === null ? words : new Set(namesIn(stripCode(text, language!)));
    for (const name of names) {
      const key = keyOf(language ?? 'script', name);
      if (language !== null && wanted.has(key))
        holders.set(key, [...(holders.get(key) ?? []), path]);
    }
  }
  return holders;
}

const keyOf = (language: Language, name: string): string => `${language} ${name}`;
