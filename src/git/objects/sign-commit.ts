import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type Oid, parseOid } from '../../domain/refs.ts';
import type { Environment, Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

/** A commit to be signed; its objects are there already. */
export interface CommitToSign {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly message: string;
  /** Who wrote and commits it, as git's own variables. */
  readonly by: Environment;
}

/**
 * Writes a commit that is signed with the key of git's settings (`user.signingKey`).
 *
 * @throws Failure `git` with git's own words where there is no key, or nobody gives it
 */
export async function signCommit(
  repo: Repo,
  { tree, parents, message, by }: CommitToSign,
): Promise<Oid> {
  const args = ['commit-tree', '--gpg-sign', ...parents.flatMap((oid) => ['-p', oid]), tree];
  const result = await runGit(repo, args, { input: message, environment: by, ok: [0, 1, 128] });
  const oid = parseOid(result.stdout.toString().trimEnd());
  if (result.code === 0 && oid !== null) return oid;
  throw new Failure('git', `this has to be signed, and was not: ${result.stderr.trim()}`, [
    hintTo(
      'sign with an ssh key',
      'git config gpg.format ssh && git config user.signingKey ~/.ssh/id_ed25519.pub',
    ),
  ]);
}
