import { Failure } from '../../domain/failure.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** Settings under which `git add` would write next to the real index, or stop over line endings. */
const OVERRIDES = ['core.splitIndex=false', 'core.safecrlf=false', 'advice.addEmbeddedRepo=false'];

/**
 * The tree that committing everything in a work tree would make, untracked files included, ignored
 * ones left out. Filters that the user has set up run, as they would on a commit.
 *
 * @param repo the top of the work tree.
 * @param environment a quarantine, and `GIT_INDEX_FILE` naming a copy of the index.
 */
export async function uncommittedTree(repo: Repo, environment: Environment): Promise<Oid> {
  const settings = OVERRIDES.flatMap((setting) => ['-c', setting]);
  await runGit(repo, [...settings, 'add', '--all'], { environment });
  const { stdout } = await runGit(repo, ['write-tree'], { environment });
  const tree = parseOid(stdout.toString().trimEnd());
  if (tree === null) throw new Failure('git', 'git write-tree printed no object id');
  return tree;
}
