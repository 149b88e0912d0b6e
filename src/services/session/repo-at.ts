import type { Repo } from '../../domain/repo.ts';
import { withoutRepository } from '../../host/host.ts';

/** Another worktree is another repository to git: what points at this one must not reach it. */
export const repoAt = ({ environment }: Repo, directory: string): Repo => ({
  directory,
  environment: withoutRepository(environment),
});
