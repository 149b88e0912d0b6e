import { type Oid } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { exitCode, gitFailure, startGit } from '../process/run.ts';
import { PATIENCE, Watchdog } from '../process/watchdog.ts';

/**
 * Reads history from several tips at once, newest commit first, and hands over every commit with its
 * parents until `visit` says that it has seen enough.
 *
 * @returns `cut` when git met a commit that is missing and could not go on.
 * @param patience milliseconds without a word after which git is ended.
 * @throws Failure `git` when git fails before the first commit, or says nothing more.
 */
export async function walkHistory(
  repo: Repo,
  tips: readonly Oid[],
  visit: (commit: string, parents: readonly string[]) => 'enough' | 'more',
  patience = PATIENCE,
): Promise<'cut' | 'whole'> {
  const args = ['rev-list', '--parents', '--stdin'];
  const child = startGit(repo, args);
  const ended = exitCode(child);
  const watchdog = new Watchdog(child, patience);
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
  watchdog.watch();
  const code = await ended;
  if (enough || code === 0) return 'whole';
  const words = watchdog.words ?? stderr;
  if (visited === 0 || watchdog.words !== null)
    throw gitFailure(args, { code, stdout: Buffer.alloc(0), stderr: words });
  return 'cut';
}
