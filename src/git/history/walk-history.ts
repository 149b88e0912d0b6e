import { type Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { exitCode, gitFailure, startGit } from '../process/run.ts';

/**
 * Reads history from several tips at once, newest commit first, and hands over every commit with its
 * parents until `visit` says that it has seen enough.
 *
 * @returns `cut` when git met a commit that is missing and could not go on.
 * @throws Failure `git` when git fails before the first commit.
 */
export async function walkHistory(
  repo: Repo,
  tips: readonly Oid[],
  visit: (commit: string, parents: readonly string[]) => 'enough' | 'more',
): Promise<'cut' | 'whole'> {
  const args = ['rev-list', '--parents', '--stdin'];
  const child = startGit(repo, args);
  const ended = exitCode(child);
  let stderr = '';
  let rest = '';
  let visited = 0;
  let enough = false;
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    if (enough) return;
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const [commit, ...parents] = line.split(' ');
      visited += 1;
      enough = visit(commit!, parents) === 'enough';
      if (enough) return void child.kill();
    }
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${tips.join('\n')}\n`);
  const code = await ended;
  if (enough || code === 0) return 'whole';
  if (visited === 0) throw gitFailure(args, { code, stdout: Buffer.alloc(0), stderr });
  return 'cut';
}
