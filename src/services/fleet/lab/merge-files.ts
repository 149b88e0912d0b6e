import type { Entry } from '../../../domain/change.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { Maker, Workshop } from './absent-contents.ts';
import type { Lab } from './lab.ts';
import { mergeFreshFiles } from './merge-fresh-files.ts';
import type { MergeMemory } from './merge-memory.ts';
import type { FileMerge, FileMergeOptions, FileOutcome, MergedFile } from './merged-file.ts';

/** Where files are merged, and what is remembered of that. */
export interface FileMergeRoom {
  readonly lab: Lab;
  readonly memory: MergeMemory;
  readonly fileWorkshop: Workshop<FileMerge>;
  /** Everything but the contents that the merge of a file depends on. */
  readonly fileSettings: string;
}

/**
 * Merges files that stand by themselves, each set of three contents once, also over several runs. What an
 * earlier run made is known by name only; see `AbsentContents`. Must not be asked where attributes choose
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
    else lab.mergedFiles.set(name, noted(room, file, known));
  }
  const open = [...fresh.values()];
  await lab.absent.provide(open.flatMap(contentsOf), options.phase);
  const merged = await mergeFreshFiles(lab, open, options);
  const missing = new Map<string, FileOutcome>();
  for (const [at, name] of [...fresh.keys()].entries()) {
    const outcome = merged[at]!;
    const isFailed = 'failed' in outcome;
    // What is missing now may be made later in this run.
    (isFailed && !outcome.died ? missing : lab.mergedFiles).set(name, outcome);
    if (isFailed || options.markers) continue;
    // Markers name the commits of this run.
    const stopped = outcome.kinds.length > 0;
    memory.store(name, stopped ? { ...outcome, after: null, effect: null } : outcome);
  }
  return names.map((name) => (lab.mergedFiles.get(name) ?? missing.get(name))!);
}

/** What makes the result of a merge once more. */
export const fileMaker = (
  { fileWorkshop }: Pick<FileMergeRoom, 'fileWorkshop'>,
  merge: FileMerge,
): Maker<FileMerge> => ({ needs: contentsOf(merge), job: merge, workshop: fileWorkshop });

/** Merges files once more that an earlier run has merged. */
export const fileWorkshopIn = (lab: Lab): Workshop<FileMerge> => ({
  make: async (merges, phase) =>
    void (await mergeFreshFiles(lab, merges, { phase, effects: false })),
});

const sidesOf = ({ base, ours, theirs }: FileMerge): Entry[] => [base, ours, theirs];
const contentsOf = (merge: FileMerge): Oid[] => sidesOf(merge).map(({ oid }) => oid);

function noted(room: FileMergeRoom, merge: FileMerge, known: MergedFile): MergedFile {
  if (known.after) room.lab.absent.note(known.after.oid, fileMaker(room, merge));
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
