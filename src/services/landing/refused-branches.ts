import { resolveIdentity } from '../../core/identity/resolve.ts';
import { operationOf } from '../../domain/change.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Identity } from '../../domain/identity.ts';
import { type BranchName, branchRef } from '../../domain/refs.ts';
import type { LeftOut } from '../../domain/states/landing-journal.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import type { ForetoldLandings } from '../fleet/foretell-landings.ts';
import { judge } from '../guard/judge.ts';
import { judgeBranch } from '../guard/judge-branch.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';

/**
 * The branches that the guard does not let land, with the first reason. What each changes is known
 * from its landing in memory; git is asked again only where that looks wrong, or where a branch stands
 * on another.
 */
export async function refusedBranches(
  session: PolicySession,
  { fleet, order }: ForetoldLandings,
): Promise<Map<string, LeftOut>> {
  const stacked = new Set(
    order.order.filter(({ after }) => after.length > 0).map(({ ref }) => ref),
  );
  const before = new TreeReader(session.reader, requireBase(session.policy).tree);
  const refused = new Map<string, LeftOut>();
  for (const { member, tip, solo } of fleet.branches) {
    if (tip === null || solo?.standing !== 'clean') continue;
    const branch = member.ref as BranchName;
    const identity = identityOf(session, branch);
    const changes = solo.footprint.changes.map(({ path, before: old, after }) => ({
      path,
      operation: operationOf(old, after),
      before: old,
      after,
    }));
    const { findings } = await judge(session, identity, {
      changes,
      before,
      situation: { kind: 'branch' },
      landing: { branch, head: tip.commit.commit, base: requireBase(session.policy).commit },
    });
    if (!stacked.has(branch) && !findings.some(isError)) continue;
    const judged = await judgeBranch(session, identity, {
      head: tip.commit.commit,
      branch,
      local: branchRef(branch),
      name: branch,
    });
    const first = judged.findings.find(isError);
    if (first !== undefined) refused.set(branch, leftBy(first));
  }
  return refused;
}

const isError = ({ severity }: Finding): boolean => severity === 'error';

const leftBy = ({ code, path, message }: Finding): LeftOut => ({
  why: 'refused',
  words: `${code}${path === undefined ? '' : ` ${path}`}: ${message}`.slice(0, 500),
});

/** Whose branch it is by its name alone: who lands it is another question. */
function identityOf({ policy }: PolicySession, branch: BranchName): Identity {
  const resolved = resolveIdentity(policy.ownership, { binding: null, branch, environment: {} });
  if (!resolved.ok) throw resolved.error;
  return resolved.value;
}
