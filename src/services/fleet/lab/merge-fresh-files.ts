import type { FileChange } from '../../../domain/footprint.ts';
import type { Oid } from '../../../domain/refs.ts';
import type { LineRange } from '../../../domain/reports/overlap.ts';
import type { DiffOutcome } from '../../../git/diff/diff-process.ts';
import type { MergeOutcome, MergeRequest } from '../../../git/merge/merge-process.ts';
import type { Level } from '../../../git/objects/trees.ts';
import type { Unanswered } from '../../../git/process/unanswered.ts';
import type { Lab } from './lab.ts';
import type { FileMerge, FileMergeOptions, FileOutcome, MergedFile } from './merged-file.ts';

/** So many files in one merge that what a merge costs by itself no longer shows. */
const FILES_IN_ONE = 500;

/**
 * Merges files that stand by themselves, hundreds in each merge: a tree with one entry for each, under
 * a number instead of its path. All contents have to be here.
 */
export const mergeFreshFiles = (
  lab: Lab,
  files: readonly FileMerge[],
  options: FileMergeOptions,
): Promise<FileOutcome[]> => mergeUnique(lab, files, FILES_IN_ONE, options);

async function mergeUnique(
  lab: Lab,
  files: readonly FileMerge[],
  inOne: number,
  options: FileMergeOptions,
): Promise<FileOutcome[]> {
  const parts: FileMerge[][] = [];
  for (let at = 0; at < files.length; at += inOne) parts.push(files.slice(at, at + inOne));
  const sides = parts.map((part) => writeSides(lab, part));
  const outcomes = await lab.merge(sides, options.phase);
  const effects = await diffEffects(lab, sides, outcomes, options);
  const results = await readResults(lab, outcomes);
  const found = parts.map((part, at): FileOutcome[] | null => {
    const [outcome, effect] = [outcomes[at]!, effects[at] ?? null];
    const failed = [outcome, effect].find((result) => result && 'failed' in result);
    if (failed && 'failed' in failed) return part.length > 1 ? null : [failed];
    return byFile(part.length, outcome as MergeRecord, results[at]!, effect as TreeDiff | null);
  });
  // One file that cannot be read must not hide the others.
  const single = parts.flatMap((part, at) => (found[at] === null ? part : []));
  const again = single.length > 0 ? await mergeUnique(lab, single, 1, options) : [];
  return found.flatMap((part, at) => part ?? again.splice(0, parts[at]!.length));
}

type MergeRecord = Exclude<MergeOutcome, Unanswered>;
type TreeDiff = Exclude<DiffOutcome, Unanswered>;

interface Sides extends MergeRequest {
  readonly oursTree: Oid;
}

function writeSides(lab: Lab, files: readonly FileMerge[]): Sides {
  const tree = (of: keyof FileMerge): Oid =>
    lab.tree(new Map(files.map((file, at) => [nameOf(at), file[of]])));
  const base = lab.commit({ tree: tree('base'), parents: [], time: 0 });
  const oursTree = tree('ours');
  const ours = lab.commit({ tree: oursTree, parents: [base], time: 0 });
  const theirs = lab.commit({ tree: tree('theirs'), parents: [base], time: 0 });
  return { ours, theirs, oursTree };
}

/** All from one process; null where nothing was asked or nothing has changed. */
async function diffEffects(
  lab: Lab,
  sides: readonly Sides[],
  outcomes: readonly MergeOutcome[],
  { effects }: FileMergeOptions,
): Promise<(DiffOutcome | null)[]> {
  const pairs = sides.map(({ oursTree }, at) => {
    const outcome = outcomes[at]!;
    if (!effects || 'failed' in outcome || outcome.tree === oursTree) return null;
    return { before: oursTree, after: outcome.tree };
  });
  const diffs = await lab.diff(pairs.filter((pair) => pair !== null));
  return pairs.map((pair) => (pair === null ? null : diffs.shift()!));
}

const readResults = (lab: Lab, outcomes: readonly MergeOutcome[]): Promise<Level[]> =>
  Promise.all(
    outcomes.map((outcome) => ('failed' in outcome ? NO_RESULT : lab.readTree(outcome.tree))),
  );

const NO_RESULT: Level = new Map();

function byFile(
  count: number,
  { conflicts }: MergeRecord,
  result: Level,
  effect: TreeDiff | null,
): MergedFile[] {
  const kinds = Array.from({ length: count }, (): string[] => []);
  for (const { kind, paths } of conflicts) kinds[Number(paths[0]!.slice(0, WIDTH))]!.push(kind);
  const changes = new Map<string, FileChange>(
    effect?.changes.map((change) => [change.path, change]),
  );
  const disputed = new Map<string, readonly LineRange[]>(effect?.disputed);
  return kinds.map((own, at) => ({
    kinds: own,
    after: result.get(nameOf(at)) ?? null,
    effect: changes.get(nameOf(at)) ?? null,
    disputed: disputed.get(nameOf(at)) ?? [],
  }));
}

/** Numbers of one width are in git's order. */
const WIDTH = 6;
const nameOf = (at: number): string => String(at).padStart(WIDTH, '0');
