import { namesInDoubt } from '../../core/names/names-in-doubt.ts';
import {
  type ChangedInPackage,
  secondDefinition,
  type SharedName,
  sharedNames,
} from '../../core/names/shared-names.ts';
import { danglingWords, duplicateWords, uncomparedWords } from '../../core/names/name-words.ts';
import type { RepoPath } from '../../domain/path.ts';
import type { Oid } from '../../domain/refs.ts';
import type { SilentBreak } from '../../domain/reports/overlap.ts';
import type { FileOfCode, ReadNames } from './read-names.ts';
import { type NamesOfBase, type SettledDoubt, settleDoubts } from './settle-doubts.ts';
import type { ChangedFile } from './stream-files.ts';
import type { FoundBreaks } from './found-breaks.ts';

/** Branches whose names are compared, all of which merge with the base. */
export interface FleetNames extends NamesOfBase {
  /** By the names people know them by. */
  readonly refs: readonly string[];
  /** What each does to the base. */
  readonly changes: readonly (readonly ChangedFile[])[];
  /** Whether a content is in the repository, readable as text or not. */
  readonly isHere: (oid: Oid) => Promise<boolean>;
  /** Whether two are known not to merge, or nobody knows: of these it is said elsewhere. */
  readonly conflict: (a: number, b: number) => boolean;
  /** What a file comes to where both change it; null where that is not known. */
  readonly mergedFile: (a: ChangedFile, b: ChangedFile) => Promise<Oid | null>;
}

/** Findings of one kind that are said; more say no more. */
const MOST_FOUND = 100;

/**
 * Names that one branch removes and another uses, and names that two define in one place.
 *
 * @param read what `NameReader` read of the same changes
 */
export async function compareNames(fleet: FleetNames, read: ReadNames): Promise<FoundBreaks> {
  const { refs } = fleet;
  const unread = uncompared(
    refs,
    read.unread.map((files) => files.map(({ path }) => path)),
    'they cannot be read here as text',
  );
  const beyond = uncompared(refs, read.beyond, 'the fleet changes more than is looked through');
  const dangling = await danglingIn(fleet, read.branches);
  const duplicate = await duplicatesIn(fleet, read.branches);
  return {
    breaks: [...unread, ...beyond, ...dangling, ...duplicate],
    whole: await areHere(fleet, read.unread.flat()),
  };
}

/** What is here and is no text, or too large, will be no other next time. */
async function areHere({ isHere }: FleetNames, files: readonly FileOfCode[]): Promise<boolean> {
  const oids = files.flatMap(({ before, after }) => [before, after].filter((oid) => oid !== null));
  return (await Promise.all(oids.map(isHere))).every(Boolean);
}

async function danglingIn(
  fleet: FleetNames,
  names: readonly (readonly ChangedInPackage[])[],
): Promise<SilentBreak[]> {
  const { refs, changes, conflict } = fleet;
  const doubts = namesInDoubt(names).filter(({ remover, user }) => !conflict(remover, user));
  const settled = await settleDoubts(doubts, changes, fleet);
  if (settled === null) {
    const { removed, remover } = doubts[0]!;
    const why = 'the base holds more of them than is looked through';
    return [
      {
        code: 'dangling-name',
        refs: [refs[remover]!],
        ...uncomparedWords([removed], refs[remover]!, why),
      },
    ];
  }
  const pairs = new Map<string, SettledDoubt[]>();
  for (const one of settled) {
    const key = `${one.remover} ${one.user}`;
    pairs.set(key, [...(pairs.get(key) ?? []), one]);
  }
  return [...pairs.values()].slice(0, MOST_FOUND).map((all): SilentBreak => {
    const [remover, user] = [refs[all[0]!.remover]!, refs[all[0]!.user]!];
    return {
      code: 'dangling-name',
      refs: [remover, user].sort(),
      ...danglingWords(all, { remover, user }),
    };
  });
}

async function duplicatesIn(
  fleet: FleetNames,
  names: readonly (readonly ChangedInPackage[])[],
): Promise<SilentBreak[]> {
  const { refs, conflict } = fleet;
  const found: SilentBreak[] = [];
  for (const shared of sharedNames(names)) {
    const { a, b } = shared;
    if (found.length >= MOST_FOUND) break;
    if (conflict(a, b) || !(await isTwice(fleet, shared))) continue;
    const words = duplicateWords(shared, { a: refs[a]!, b: refs[b]! });
    found.push({ code: 'duplicate-name', refs: [refs[a]!, refs[b]!], ...words });
  }
  return found;
}

/** In one file the merge decides: where both add the same, git adds it once. */
async function isTwice(fleet: FleetNames, shared: SharedName): Promise<boolean> {
  const [mine, theirs] = shared.places;
  if (mine.path !== theirs.path) return true;
  const [a, b] = [shared.a, shared.b].map((at) =>
    fleet.changes[at]!.find(({ path }) => path === mine.path)!,
  );
  const merged = await fleet.mergedFile(a!, b!);
  const text = merged === null ? null : await fleet.text(merged);
  return text !== null && secondDefinition(text, shared) > 0;
}

/** One sentence for each branch some of whose files were left out. */
const uncompared = (
  refs: readonly string[],
  paths: readonly (readonly RepoPath[])[],
  why: string,
): SilentBreak[] =>
  paths.flatMap((all, at): SilentBreak[] =>
    all.length === 0
      ? []
      : [{ code: 'dangling-name', refs: [refs[at]!], ...uncomparedWords(all, refs[at]!, why) }],
  );
