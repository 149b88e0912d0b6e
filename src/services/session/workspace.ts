import type { Repo } from '../../domain/repo.ts';
import { type Location, locateRepository } from '../../git/worktree/locate.ts';
import type { Host } from '../../host/host.ts';
import { repoAtTop } from './repo-at.ts';

/** The repository a command works in. */
export interface Workspace {
  /** Where git is to run: the top of the work tree, or the git directory of a bare repository. */
  readonly repo: Repo;
  readonly location: Location;
}

/**
 * @param known where it is, if that is known
 * @throws Failure `git` when the host does not stand in a repository.
 */
export async function openWorkspace(host: Host, known: Location | null = null): Promise<Workspace> {
  const here: Repo = { directory: host.cwd, environment: host.environment };
  const location = known ?? (await locateRepository(here));
  const { gitDirectory, top } = location;
  if (top === null) return { repo: { ...here, directory: gitDirectory }, location };
  return { repo: repoAtTop(host.files, { ...here, directory: top }, gitDirectory), location };
}
