import { type BranchName, branchOf, parseBranchName } from '../../domain/refs.ts';
import { defaultBranch } from '../../git/refs/default-branch.ts';
import type { Workspace } from '../session/workspace.ts';

/** The branch everything lands on, where no policy says so: the remote's default, else the one here. */
export async function likelyBase({ repo, location }: Workspace): Promise<BranchName> {
  const here = branchOf(location.head ?? '');
  return (await defaultBranch(repo)) ?? here ?? parseBranchName('main')!;
}
