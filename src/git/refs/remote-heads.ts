import { parseRefName, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** What this clone thinks a remote's default branch is. */
export interface RemoteHead {
  readonly remote: string;
  /** What `refs/remotes/<remote>/HEAD` points at; null where nothing says so. */
  readonly head: RefName | null;
  /** That branch is known here. */
  readonly exists: boolean;
}

/** Every remote, sorted, with its default branch. */
export async function readRemoteHeads(repo: Repo): Promise<RemoteHead[]> {
  const { stdout } = await runGit(repo, ['remote']);
  const names = stdout.toString().split('\n').filter(Boolean).sort();
  return Promise.all(
    names.map(async (remote): Promise<RemoteHead> => {
      const args = ['symbolic-ref', '-q', `refs/remotes/${remote}/HEAD`];
      const result = await runGit(repo, args, { ok: [0, 1, 128] });
      const head = result.code === 0 ? parseRefName(result.stdout.toString().trimEnd()) : null;
      const exists = head !== null && (await isThere(repo, head));
      return { remote, head, exists };
    }),
  );
}

const isThere = async (repo: Repo, ref: RefName): Promise<boolean> =>
  (await runGit(repo, ['show-ref', '--verify', '--quiet', ref], { ok: [0, 1, 128] })).code === 0;
