import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { splitNul } from '../process/split-nul.ts';
import { runGit } from '../process/run.ts';

/** One commit of a branch's own line. */
export interface MainlineCommit {
  readonly commit: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  /** When it was committed, milliseconds since 1970. */
  readonly at: number;
  /** Subject and body. */
  readonly message: string;
}

/** The newest commits of a branch's own line (first parents), newest first. */
export async function mainline(repo: Repo, tip: Oid, most: number): Promise<MainlineCommit[]> {
  const shape = [
    '-z',
    '--first-parent',
    '--no-patch',
    '--format=tformat:%H%x00%T%x00%P%x00%ct%x00%B',
  ];
  const args = ['log', ...shape, `--max-count=${most}`, '--end-of-options', tip, '--'];
  const fields = splitNul((await runGit(repo, args)).stdout).map((field) => field.toString());
  const commits: MainlineCommit[] = [];
  for (let at = 0; at + 4 < fields.length; at += 5) {
    const [commit, tree, parents, time, message] = fields.slice(at, at + 5) as [
      string,
      string,
      string,
      string,
      string,
    ];
    commits.push({
      commit: commit as Oid,
      tree: tree as Oid,
      parents: parents.split(' ').flatMap((oid) => parseOid(oid) ?? []),
      at: Number(time) * 1000,
      message,
    });
  }
  return commits;
}
