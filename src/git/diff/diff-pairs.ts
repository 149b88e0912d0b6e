import { Failure } from '../../domain/failure.ts';
import type { Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** Two trees whose difference is wanted. */
export interface TreePair {
  readonly before: Oid;
  readonly after: Oid;
}

/**
 * Compares many pairs of trees in one `diff-tree --stdin -r -z`. What git prints for each pair:
 *
 *     <tree> <tree>LF      line feed even with -z
 *     <entry>              each ends in NUL; `nuls` of them hold a second name
 *
 * @param nuls how many NULs one entry has: 2 for `--raw`, 1 for `--numstat`
 * @returns the entries of each pair, in the order of the pairs
 */
export async function diffPairs(
  repo: Repo,
  pairs: readonly TreePair[],
  options: readonly string[],
  nuls: 1 | 2,
): Promise<Buffer[]> {
  if (pairs.length === 0) return [];
  const headers = pairs.map(({ before, after }) => `${before} ${after}\n`);
  const args = ['diff-tree', '--stdin', '-r', '-z', ...options];
  const { stdout } = await runGit(repo, args, { input: headers.join('') });
  return splitPairs(stdout, headers, nuls);
}

/** No entry begins like a header, and what a path holds is never looked at. */
function splitPairs(output: Buffer, headers: readonly string[], nuls: 1 | 2): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  for (const [index, header] of headers.entries()) {
    if (!startsWith(output, header, at))
      throw new Failure('git', 'git diff-tree left a pair of trees out');
    const begin = (at += header.length);
    const next = headers[index + 1];
    while (at < output.length && !(next !== undefined && startsWith(output, next, at)))
      at = skip(output, at, nuls);
    parts.push(output.subarray(begin, at));
  }
  return parts;
}

const startsWith = (output: Buffer, text: string, at: number): boolean =>
  output.toString('latin1', at, at + text.length) === text;

function skip(output: Buffer, from: number, nuls: number): number {
  let at = from;
  for (let count = 0; count < nuls; count += 1) {
    const end = output.indexOf(0, at);
    if (end < 0) throw new Failure('git', 'git diff-tree ended inside an entry');
    at = end + 1;
  }
  return at;
}
