import { join } from 'node:path';
import { declaresPerson, whyNoPerson } from '../../core/identity/declared-person.ts';
import { resolveIdentity } from '../../core/identity/resolve.ts';
import type { Identity } from '../../domain/identity.ts';
import { type BranchName, branchOf } from '../../domain/refs.ts';
import type { Location } from '../../git/worktree/locate.ts';
import { worktreeStatePaths } from '../../git/worktree/state-paths.ts';
import type { Host } from '../../host/host.ts';
import type { PolicySession } from './session.ts';

/**
 * The id the worktree is bound to, as written; null when it is not bound. Without NUL characters: a
 * shell (`hooks/lane`) cannot see them, and both must read the same.
 */
export function readBinding(host: Host, location: Location): string | null {
  const text = host.files
    .read(worktreeStatePaths(location).binding)
    ?.toString()
    .replaceAll('\0', '')
    .trim();
  return text ? text : null;
}

/** The branch being worked on: also while a rebase has detached HEAD from it. */
export function currentBranch(host: Host, location: Location): BranchName | null {
  if (location.head !== null) return branchOf(location.head);
  for (const backend of ['rebase-merge', 'rebase-apply']) {
    const name = host.files.read(join(location.gitDirectory, backend, 'head-name'));
    if (name !== null) return branchOf(name.toString().trim());
  }
  return null;
}

/**
 * Who is acting in this worktree, on `branch` when it is another than the one checked out.
 *
 * @throws Failure `policy` when a source names an agent the policy does not know, `usage` when a person is
 * said to act and none can be there.
 */
export function identify(
  { host, workspace: { location }, policy }: Omit<PolicySession, 'reader'>,
  claims: { readonly option?: string | undefined; readonly branch?: BranchName | null },
): Identity {
  if (claims.option === undefined && declaresPerson(host.environment)) {
    const doubt = whyNoPerson(host.environment, host.terminal.attended);
    if (doubt !== null) throw doubt;
    return { kind: 'human', declared: true };
  }
  const resolved = resolveIdentity(policy.ownership, {
    option: claims.option,
    binding: readBinding(host, location),
    branch: claims.branch === undefined ? currentBranch(host, location) : claims.branch,
    environment: host.environment,
  });
  if (!resolved.ok) throw resolved.error;
  return resolved.value;
}
