import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** Characters of a patch that somebody reads. */
const MOST = 1_000_000;

/** The difference of two commits as git words it; binary files are only named. */
export async function patchText(repo: Repo, before: Oid, after: Oid): Promise<string> {
  const args = ['diff-tree', '-p', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'];
  const { stdout } = await runGit(repo, [...args, '--end-of-options', before, after]);
  const text = stdout.toString();
  return text.length <= MOST ? text : `${text.slice(0, MOST)}\n(cut: it is longer)\n`;
}
