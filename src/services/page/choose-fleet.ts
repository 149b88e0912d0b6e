import type { FleetOptions } from '../../domain/options/fleet-options.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import { defaultBranch } from '../../git/refs/default-branch.ts';
import type { Session } from '../session/session.ts';

/**
 * What the page looks at. Where no policy says which branches are agents' and what they land on, these
 * are all local branches, and the default branch as the remote has it, or else as it is here.
 */
export async function chooseFleet(
  { policy, workspace, reader }: Session,
  options: FleetOptions,
): Promise<FleetOptions> {
  if (policy !== null) return options;
  const refs = options.refs.length > 0 || options.worktrees ? options.refs : ['refs/heads/'];
  return { ...options, refs, base: options.base ?? (await likelyBase()) };

  async function likelyBase(): Promise<string | null> {
    const branch = await defaultBranch(workspace.repo);
    if (branch === null) return null;
    const remote = `refs/remotes/origin/${branch}`;
    return (await readCommitObject(reader, remote)) ? remote : `refs/heads/${branch}`;
  }
}
