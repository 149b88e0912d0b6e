import { type Host, withoutRepository } from '../../host/host.ts';
import { worktreeAt } from '../../host/worktree-at.ts';
import { withSession } from '../session/session.ts';

/**
 * Whether a policy guards what lies in a directory.
 *
 * @throws Failure when there is a repository, and its policy cannot be read.
 */
export async function isGuardedAt(host: Host, directory: string): Promise<boolean> {
  const worktree = worktreeAt(host.files, directory);
  if (worktree === null) return false;
  const environment = withoutRepository(host.environment);
  return withSession({ ...host, cwd: worktree.top, environment }, ({ policy }) =>
    Promise.resolve(policy !== null),
  );
}
