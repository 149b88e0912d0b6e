import type { Repo } from '../../domain/repo.ts';
import { CRASHED, runGit } from '../process/run.ts';
import type { Unanswered } from '../process/unanswered.ts';
import { PATIENCE } from '../process/watchdog.ts';
import type { TreePair } from './diff-pairs.ts';
import { PatchParser, type TreeDiff } from './patch-parser.ts';
import { RAW_DIFF_OPTIONS } from './raw-diff.ts';

/** A difference, or the words with which git gave up on it. */
export type DiffOutcome = TreeDiff | Unanswered;

/**
 * The algorithm and the lack of heuristics are those of git's merge (merge-ort.c, `merge_start`), and
 * with a line of context git does not cut off the common end first (xdiff-interface.c). So the hunks
 * are exactly the changes a merge compares: it conflicts in a text file only where hunks of the two
 * sides overlap or touch.
 */
const PATCH_OPTIONS = [
  '-p',
  '-U1',
  '--diff-algorithm=histogram',
  '--no-indent-heuristic',
  '--inter-hunk-context=0',
  '--submodule=short',
];

/**
 * What differs between each pair of trees, in the order of the pairs, from one git process. When git
 * dies of a pair (a missing blob ends it), says nothing more, or prints what nobody understands, that
 * pair has failed, and a new process goes on.
 *
 * @param patience milliseconds without a word after which git is ended.
 */
export async function diffTrees(
  repo: Repo,
  pairs: readonly TreePair[],
  patience = PATIENCE,
): Promise<DiffOutcome[]> {
  const outcomes: DiffOutcome[] = [];
  // Of a crash, what git kept in its buffer is lost: a few pairs, which are then asked for one by one.
  let oneByOne = false;
  while (outcomes.length < pairs.length) {
    const end = outcomes.length + (oneByOne ? 1 : pairs.length);
    const asked = pairs.slice(outcomes.length, end);
    const { diffs, death } = await diffUntilDeath(repo, asked, patience);
    outcomes.push(...diffs);
    if (death === null) continue;
    const isKnown = death.orderly || asked.length === 1;
    if (isKnown) outcomes.push(death.answer);
    oneByOne = !isKnown;
  }
  return outcomes;
}

/** How git ended before it had spoken of every pair; `orderly`: it gave out all that it had found out. */
interface Death {
  readonly orderly: boolean;
  readonly answer: Unanswered;
}

/** The outcomes up to the pair git died of, or of all. */
async function diffUntilDeath(
  repo: Repo,
  pairs: readonly TreePair[],
  patience: number,
): Promise<{ readonly diffs: DiffOutcome[]; readonly death: Death | null }> {
  const found: (TreeDiff | undefined)[] = [];
  const headers = pairs.map(({ before, after }) => `${before} ${after}`);
  const parser = new PatchParser(headers, (diff, index) => (found[index] = diff));
  const args = ['diff-tree', '--stdin', '-r', '-t', ...RAW_DIFF_OPTIONS, ...PATCH_OPTIONS];
  let broken: Error | null = null;
  const result = await runGit(repo, args, {
    input: headers.map((header) => `${header}\n`).join(''),
    ok: [0, 128, CRASHED],
    patience,
    onOutput: (chunk) => {
      try {
        if (broken === null) parser.push(chunk);
      } catch (error) {
        broken = error as Error;
      }
    },
  });
  const failed = (broken as Error | null)?.message ?? result.stderr.trim().split('\n').at(-1) ?? '';
  const died = broken !== null || result.code === CRASHED;
  const answer = { failed, died };
  if (result.code === 0 && broken === null) parser.end();
  // git says nothing of a pair of which it cannot read a tree.
  const spoken = result.code === 0 && broken === null ? pairs.length : found.length;
  const diffs = Array.from({ length: spoken }, (_, at) => found[at] ?? answer);
  return {
    diffs,
    death: spoken < pairs.length ? { orderly: result.code !== CRASHED, answer } : null,
  };
}
