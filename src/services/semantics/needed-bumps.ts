import { codePaths, languageOfPart } from '../../core/names/language-of.ts';
import { publicNames } from '../../core/names/public-names.ts';
import type { NeededBump } from '../../core/versions/bump-words.ts';
import { isIntentPath, raisedBy } from '../../core/versions/raised-by.ts';
import { packageIn, versionIn } from '../../core/versions/version-in.ts';
import { isOrdinaryFile } from '../../domain/change.ts';
import { compare } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { ReadText } from './read-streams.ts';
import type { NamesOfBase } from './settle-doubts.ts';
import type { ChangedFile } from './stream-files.ts';
import { isIn, isOfPart, type VersionedPart } from './versioned-parts.ts';

/** What a landing leaves of versions unsaid. */
export interface UnsaidBumps {
  readonly bumps: readonly NeededBump[];
  /** Files of parts that nobody can read: their names were not compared. */
  readonly unread: readonly RepoPath[];
}

/** The contents of a landing that tell whether a version has to change, but for those of files that stay. */
export const textsOfParts = (
  parts: readonly VersionedPart[],
  changes: readonly ChangedFile[],
): Oid[] =>
  changes
    .filter(({ path }) => isOfPart(parts, path) || isIntentPath(path))
    .flatMap(({ before, after }) =>
      [before, after].flatMap((entry) => (isOrdinaryFile(entry) ? entry!.oid : [])),
    );

/**
 * The shared parts that a landing takes public names from while neither their version nor an intent file says so.
 * A name that only moves within its part is still there.
 *
 * @param changes what landing does to the base
 */
export async function neededBumps(
  parts: readonly VersionedPart[],
  changes: readonly ChangedFile[],
  base: NamesOfBase,
): Promise<UnsaidBumps> {
  const bumps: NeededBump[] = [];
  const unread: RepoPath[] = [];
  for (const part of parts) {
    const { gone, left } = await namesGone(part, changes, base.text);
    unread.push(...left);
    if (gone.size === 0) continue;
    const oid = await base.blobAt(part.version);
    const text = oid === null ? null : await base.text(oid);
    const own = text === null ? null : packageIn(part.version, text);
    if (await isSaid(part, own, changes, base.text)) continue;
    const missing = await notElsewhere(part, changes, gone, base);
    if (missing.length === 0) continue;
    bumps.push({
      part: part.name,
      file: part.version,
      package: own ?? part.name,
      version: text === null ? null : versionIn(part.version, text),
      gone: missing,
      from: gone.get(missing[0]!)!,
    });
  }
  return { bumps, unread };
}

/** The public names that files of a part had and none of the changed ones has, with where they were. */
async function namesGone(
  part: VersionedPart,
  changes: readonly ChangedFile[],
  text: ReadText,
): Promise<{ readonly gone: Map<string, RepoPath>; readonly left: readonly RepoPath[] }> {
  const gone = new Map<string, RepoPath>();
  const there = new Set<string>();
  const left: RepoPath[] = [];
  for (const { path, before, after } of changes) {
    const language = isIn(part, path) ? languageOfPart(path) : null;
    if (language === null) continue;
    const sides = await Promise.all(
      [before, after].map((entry) => (isOrdinaryFile(entry) ? text(entry!.oid) : '')),
    );
    const [old, now] = sides;
    if (old === null || now === null) {
      left.push(path);
      continue;
    }
    for (const name of publicNames(old!, path, language)) gone.set(name, path);
    for (const name of publicNames(now!, path, language)) there.add(name);
  }
  for (const name of there) gone.delete(name);
  return { gone, left };
}

/** Whether the version changes, or an intent file says that it will. */
async function isSaid(
  { name, version }: VersionedPart,
  own: string | null,
  changes: readonly ChangedFile[],
  text: ReadText,
): Promise<boolean> {
  const read = async (entry: ChangedFile['after']): Promise<string | null> =>
    isOrdinaryFile(entry) ? text(entry!.oid) : null;
  for (const { path, before, after } of changes) {
    if (path === version) {
      const [old, now] = (await Promise.all([before, after].map(read))).map((content) =>
        content === null ? null : versionIn(path, content),
      );
      if (now !== null && now !== old) return true;
    }
    // One that is taken away says nothing any more.
    if (!isIntentPath(path) || after === null) continue;
    const content = await read(after);
    if (content === null) continue;
    // With the scope that package managers put before it, or without.
    const raised = raisedBy(content);
    if (raised.some((one) => one === own || one.replace(/^@[^/]+\//, '') === name)) return true;
  }
  return false;
}

/** Those names that no file of the part defines which the landing leaves alone; sorted. */
async function notElsewhere(
  part: VersionedPart,
  changes: readonly ChangedFile[],
  gone: ReadonlyMap<string, RepoPath>,
  { search, blobAt, text }: NamesOfBase,
): Promise<string[]> {
  const changed = new Set(changes.map(({ path }) => path));
  const languages = new Set([...gone.values()].map((path) => languageOfPart(path)!));
  const words = [...gone.keys()].filter((name) => /^\w+$/.test(name));
  if (words.length === 0) return [...gone.keys()].sort(compare);
  const holders = await search(words, [...languages].flatMap(codePaths));
  const still = new Set<string>();
  for (const path of holders) {
    const language = changed.has(path) || !isIn(part, path) ? null : languageOfPart(path);
    const oid = language === null ? null : await blobAt(path);
    const content = oid === null ? null : await text(oid);
    if (content === null) continue;
    for (const name of publicNames(content, path, language!)) still.add(name);
  }
  return [...gone.keys()].filter((name) => !still.has(name)).sort(compare);
}
