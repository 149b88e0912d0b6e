import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import { type BranchName, type Oid, parseOid } from '../../domain/refs.ts';
import { resolveCommit } from '../../git/refs/resolve.ts';
import type { Session } from '../session/session.ts';
import type { RemoteCopy } from './remote-copy.ts';

/** Where a branch of the remote is kept in the copy. */
export const trackingRef = (branch: BranchName): string => `refs/remotes/origin/${branch}`;

/** Whose policy counts must not depend on which branches happen to be here. */
export const pointAtAnchor = (copy: RemoteCopy, anchor: BranchName): void =>
  copy.host.files.write(
    `${copy.repo.directory}/refs/remotes/origin/HEAD`,
    `ref: ${trackingRef(anchor)}\n`,
  );

/** The commit that a fetched ref, or an object id, names. @throws Failure when it is not here. */
export async function tipOf(copy: RemoteCopy, ref: string): Promise<Oid> {
  const tip = parseOid(ref) ?? (await resolveCommit(copy.repo, ref));
  if (tip === null) throw new Failure('git', `${ref} was fetched and is not here`);
  return tip;
}

/** @throws Failure when the policy names a base that was not looked at. */
export function checked(session: Session, anchor: BranchName): Session {
  const { policy } = session;
  if (policy === null || policy.base !== null) return session;
  const { base } = policy.ownership;
  throw new Failure(
    'policy',
    `the policy of ${anchor} names the base ${base}, which was not fetched`,
    [hintTo(`judge by the policy of ${base}, set the input base to ${base}`)],
  );
}
