import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { Signature } from '../objects/write-commit.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/** One commit of a branch. */
export interface BranchCommit {
  readonly author: Signature;
  readonly message: string;
  /** Added and removed; a file that is not text counts as one. */
  readonly lines: number;
}

/**
 * What a tip has that none of the others has, merges left out, oldest first.
 *
 * @param others the base, and branches that have landed under another name
 */
export async function branchCommits(
  repo: Repo,
  others: readonly Oid[],
  tip: Oid,
): Promise<BranchCommit[]> {
  const shape = ['-z', '--numstat', '--no-renames', '--format=tformat:%x00%an%x00%ae%x00%B'];
  const args = ['log', '--no-merges', '--reverse', '--encoding=UTF-8', ...shape];
  return parseBranchLog((await runGit(repo, [...args, tip, '--not', ...others, '--'])).stdout);
}

/** Reads the log in the format above: an empty field opens a commit, and nothing in it holds a NUL. */
export function parseBranchLog(output: Buffer): BranchCommit[] {
  const commits: { author: Signature; message: string; lines: number }[] = [];
  const fields = splitNul(output).map((field) => field.toString());
  for (let at = 0; at < fields.length; at += 1) {
    if (fields[at] === '') {
      const [name = '', email = '', message = ''] = fields.slice(at + 1, at + 4);
      commits.push({ author: { name, email }, message, lines: 0 });
      at += 3;
      continue;
    }
    const [, added, removed] = /^\n?(\d+|-)\t(\d+|-)\t/.exec(fields[at]!) ?? [];
    const counts = [added, removed].map((count) => (count === '-' ? 0.5 : Number(count ?? 0)));
    commits.at(-1)!.lines += counts[0]! + counts[1]!;
  }
  return commits;
}
