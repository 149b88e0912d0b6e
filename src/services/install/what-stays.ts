import type { AdviceFacts } from '../../core/install/advice.ts';
import { matchRefs } from '../../git/refs/match-refs.ts';
import { readRemoteHeads } from '../../git/refs/remote-heads.ts';
import { stateDirectories } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import { locateWorktrees } from '../layout/locate-worktrees.ts';
import type { Workspace } from '../session/workspace.ts';

/** What stays of ours when the hooks are taken out: who works where, and what all clones agree on. */
export async function whatStays(
  host: Host,
  workspace: Workspace,
): Promise<Pick<AdviceFacts, 'kept' | 'states'>> {
  const { repo } = workspace;
  const [located, { refs, broken }, remotes] = await Promise.all([
    locateWorktrees(host, workspace),
    matchRefs(repo, ['refs/bailiwick/']),
    readRemoteHeads(repo),
  ]);
  const directories = stateDirectories(located.map(({ gitDirectory }) => gitDirectory));
  const here = refs.length + broken.length > 0;
  return {
    kept: directories.filter((path) => host.files.exists(path)),
    // Nothing is asked of a remote here; where this clone has no states, the remote hardly has any.
    states: { here, remotes: here ? remotes.map(({ remote }) => remote) : [] },
  };
}
