import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';
import type { TreePair } from './diff-pairs.ts';
import { PatchParser, type TreeDiff } from './patch-parser.ts';
import { RAW_DIFF_OPTIONS } from './raw-diff.ts';

/** A difference, or the words with which git gave up on it. */
export type DiffOutcome = TreeDiff | { readonly failed: string };

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
 * dies of a pair (a missing blob ends it), that pair has failed, and a new process goes on.
 */
export async function diffTrees(repo: Repo, pairs: readonly TreePair[]): Promise<DiffOutcome[]> {
  const outcomes: DiffOutcome[] = [];
  while (outcomes.length < pairs.length)
    outcomes.push(...(await diffUntilDeath(repo, pairs.slice(outcomes.length))));
  return outcomes;
}

/** The outcomes up to the pair git died of, or of all. */
async function diffUntilDeath(repo: Repo, pairs: readonly TreePair[]): Promise<DiffOutcome[]> {
  const diffs: (TreeDiff | undefined)[] = [];
  const headers = pairs.map(({ before, after }) => `${before} ${after}`);
  const parser = new PatchParser(headers, (diff, index) => (diffs[index] = diff));
  const args = ['diff-tree', '--stdin', '-r', '-t', ...RAW_DIFF_OPTIONS, ...PATCH_OPTIONS];
  let broken: unknown = null;
  const result = await runGit(repo, args, {
    input: headers.map((header) => `${header}\n`).join(''),
    ok: [0, 128],
    onOutput: (chunk) => {
      try {
        if (broken === null) parser.push(chunk);
      } catch (error) {
        broken = error;
      }
    },
  });
  if (broken !== null) throw broken;
  const words = result.stderr.trim().split('\n').at(-1) ?? '';
  if (result.code === 0) parser.end();
  // What it died of had begun, and was not handed over.
  const done = result.code === 0 ? pairs.length : Math.min(diffs.length + 1, pairs.length);
  return Array.from({ length: done }, (_, at) => diffs[at] ?? { failed: words });
}
