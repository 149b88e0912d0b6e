import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type BranchName, branchRef, type Oid } from '../../domain/refs.ts';
import type { LandingWay } from '../../domain/states/landing-journal.ts';
import { shellQuote } from '../../domain/text/quote.ts';
import { readTip } from '../../git/refs/read-tip.ts';
import { resolveCommit } from '../../git/refs/resolve.ts';
import { Remote } from '../../git/remote/remote.ts';
import type { Session } from '../session/session.ts';
import { REMOTE } from '../state/push-refs.ts';

/**
 * Where the base is, where it counts: here, or on the remote, whose commit is fetched if it is new.
 *
 * @throws Failure when there is none, or the remote does not answer
 */
export async function readBase(
  { reader, workspace: { repo } }: Pick<Session, 'reader' | 'workspace'>,
  base: BranchName,
  way: LandingWay,
): Promise<Oid> {
  const ref = branchRef(base);
  const name = shellQuote(base);
  if (way === 'local') {
    const oid = await readTip(reader, ref);
    if (oid !== null) return oid;
    throw new Failure('git', `there is no branch ${base} here to land on`, [
      hintTo('make it', `git branch ${name} ${REMOTE}/${name}`),
    ]);
  }
  const remote = await Remote.open(repo, REMOTE);
  if (remote === null)
    throw new Failure('usage', `there is no remote ${REMOTE} to push to`, [
      hintTo('land in this clone alone, give --local instead of --push'),
    ]);
  const listed = await remote.list(ref);
  const oid = listed.ok ? listed.value.get(ref) : undefined;
  const fetched =
    oid === undefined || (await resolveCommit(repo, oid)) !== null
      ? listed
      : await remote.fetchObjects([ref]);
  if (!listed.ok || !fetched.ok)
    throw new Failure('git', `${REMOTE} does not answer: ${fetched.ok ? '' : fetched.error}`, [
      hintTo('see what it says', `git ls-remote ${REMOTE} ${ref}`),
    ]);
  if (oid !== undefined) return oid;
  throw new Failure('git', `${REMOTE} has no branch ${base} to land on`, [
    hintTo('push it', `git push ${REMOTE} ${name}`),
  ]);
}
