import type { Entry } from '../../../domain/change.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { Lab } from './lab.ts';
import { mergeFreshFiles } from './merge-fresh-files.ts';
import type { MergeMemory } from './merge-memory.ts';
import type { FileMerge, FileMergeOptions, FileOutcome, MergedFile } from './merged-file.ts';

/** Where files are merged, and what is remembered of that. */
export interface FileMergeRoom {
  readonly lab: Lab;
  readonly memory: MergeMemory;
  /** Everything but the contents that the merge of a file depends on. */
  readonly fileSettings: string;
}

/**
 * Merges files that stand by themselves, each set of three contents once, also over several runs. What an
 * earlier run made is known by name only; see `provideContents`. Must not be asked where attributes choose
 * by the path how to merge.
 */
export async function mergeFiles(
  room: FileMergeRoom,
  files: readonly FileMerge[],
  options: FileMergeOptions,
): Promise<FileOutcome[]> {
  const { lab, memory } = room;
  // Many pairs dispute the same three contents.
  const names = files.map((file) => nameOfMerge(room, file, options));
  const fresh = new Map<string, FileMerge>();
  for (const [at, file] of files.entries()) {
    const name = names[at]!;
    if (lab.mergedFiles.has(name) || fresh.has(name)) continue;
    const known = options.markers ? undefined : memory.recall<MergedFile>(name);
    if (known === undefined) fresh.set(name, file);
    else lab.mergedFiles.set(name, noted(lab, file, known));
  }
  const open = [...fresh.values()];
  await provideContents(room, open.flatMap(contentsOf), options.phase);
  const merged = await mergeFreshFiles(lab, open, options);
  for (const [at, name] of [...fresh.keys()].entries()) {
    const outcome = merged[at]!;
    lab.mergedFiles.set(name, outcome);
    if ('failed' in outcome) continue;
    if (outcome.after) lab.absent.made(outcome.after.oid);
    if (options.markers) continue;
    // Markers name the commits of this run.
    const stopped = outcome.kinds.length > 0;
    memory.store(name, stopped ? { ...outcome, after: null, effect: null } : outcome);
  }
  return names.map((name) => lab.mergedFiles.get(name)!);
}

/**
 * Makes contents again that only an earlier run had. Has to come before anything reads them.
 *
 * @returns false where all of them are here.
 */
export async function provideContents(
  { lab }: Pick<FileMergeRoom, 'lab'>,
  contents: Iterable<Oid>,
  phase: string,
): Promise<boolean> {
  const levels = lab.absent.take(contents);
  for (const { merges, steps } of levels) {
    // What fails here is missing where it is needed, and is said there.
    await mergeFreshFiles(lab, merges, { phase, effects: false });
    for (const step of steps) await step();
  }
  return levels.length > 0;
}

const sidesOf = ({ base, ours, theirs }: FileMerge): Entry[] => [base, ours, theirs];
export const contentsOf = (merge: FileMerge): Oid[] => sidesOf(merge).map(({ oid }) => oid);

function noted(lab: Lab, merge: FileMerge, known: MergedFile): MergedFile {
  if (known.after) lab.absent.note(known.after.oid, { needs: contentsOf(merge), merge });
  return known;
}

const nameOfMerge = (
  { fileSettings }: FileMergeRoom,
  merge: FileMerge,
  { effects, markers = false }: FileMergeOptions,
): string =>
  [
    'file',
    fileSettings,
    effects,
    markers,
    ...sidesOf(merge).flatMap(({ mode, oid }) => [mode, oid]),
  ].join(' ');
