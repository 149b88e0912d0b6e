import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import type { Signature } from '../objects/signatures.ts';
import { runGit } from '../process/run.ts';
import { splitNul } from '../process/split-nul.ts';

/** One commit of a branch. */
export interface BranchCommit {
  readonly author: Signature;
  readonly message: string;
  /** Added and removed; a file that is not text counts as one. */
  readonly lines: number;
}

/** With its place in history. */
interface LoggedCommit extends BranchCommit {
  readonly oid: string;
  readonly parents: readonly string[];
}

/**
 * What each tip has that none before it has, merges left out, oldest first; in one process.
 *
 * @param others the base, and branches that have landed under another name
 * @param tips in the order in which they land
 */
export async function branchCommits(
  repo: Repo,
  others: readonly Oid[],
  tips: readonly Oid[],
): Promise<ReadonlyMap<Oid, BranchCommit[]>> {
  if (tips.length === 0) return new Map();
  const shape = ['-z', '--numstat', '--no-renames', `--format=tformat:${FIELDS}`];
  const args = ['log', '--reverse', '--encoding=UTF-8', ...shape];
  const { stdout } = await runGit(repo, [...args, ...tips, '--not', ...others, '--']);
  return commitsOfTips(parseBranchLog(stdout), tips);
}

const FIELDS = ['', '%H', '%P', '%an', '%ae', '%B'].join('%x00');

/** Shares the commits out: each is of the first tip that leads to it. */
export function commitsOfTips(
  log: readonly LoggedCommit[],
  tips: readonly Oid[],
): ReadonlyMap<Oid, BranchCommit[]> {
  const known = new Map(log.map((commit) => [commit.oid, commit]));
  const owner = new Map<string, Oid>();
  for (const tip of tips) {
    const open: string[] = [tip];
    for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
      const commit = known.get(oid);
      if (commit === undefined || owner.has(oid)) continue;
      owner.set(oid, tip);
      open.push(...commit.parents);
    }
  }
  const own = log.filter(({ parents }) => parents.length < 2);
  return new Map(tips.map((tip) => [tip, own.filter(({ oid }) => owner.get(oid) === tip)]));
}

/** Reads the log in the format above: an empty field opens a commit, and nothing in it holds a NUL. */
export function parseBranchLog(output: Buffer): LoggedCommit[] {
  const commits: (LoggedCommit & { lines: number })[] = [];
  const fields = splitNul(output).map((field) => field.toString());
  for (let at = 0; at < fields.length; at += 1) {
    if (fields[at] === '') {
      const [oid = '', parents = '', name = '', email = '', message = ''] = fields.slice(at + 1);
      const above = parents.split(' ').filter(Boolean);
      commits.push({ oid, parents: above, author: { name, email }, message, lines: 0 });
      at += 5;
      continue;
    }
    const [, added, removed] = /^\n?(\d+|-)\t(\d+|-)\t/.exec(fields[at]!) ?? [];
    const counts = [added, removed].map((count) => (count === '-' ? 0.5 : Number(count ?? 0)));
    commits.at(-1)!.lines += counts[0]! + counts[1]!;
  }
  return commits;
}
