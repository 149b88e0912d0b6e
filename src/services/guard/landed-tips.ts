import { branchAgents } from '../../core/identity/branch-agent.ts';
import { type BranchName, branchRef, type Oid, type RefName } from '../../domain/refs.ts';
import { type ListedRef, matchRefs } from '../../git/refs/match-refs.ts';
import { settingNames } from '../../git/worktree/settings.ts';
import { readPlainSettings } from '../refs/plain-settings.ts';
import type { PolicySession } from '../session/session.ts';

/** A tip whose history counts as landed, besides the base's. */
export interface LandedTip {
  readonly ref: RefName;
  readonly oid: Oid;
  /** The base branch of this clone: not published yet. */
  readonly local: boolean;
}

/**
 * What has landed besides the base's own tip, as far as this clone knows: the base of every remote set up here, the
 * base here where it is further, and a remote branch of nobody that `branch` was cut from.
 *
 * Not any other branch: a ref that somebody made up would make everything landed.
 *
 * @param branch what is judged; null where it is not a branch
 */
export async function landedTips(
  session: PolicySession,
  branch: BranchName | null,
): Promise<LandedTip[]> {
  const { host, workspace, policy, places } = session;
  const { repo, location } = workspace;
  const { base } = policy.ownership;
  const origin = branch === null ? null : cutFrom(host, location.commonDirectory, branch);
  const own = origin !== null && branchAgents(policy.ownership)(origin.branch).length > 0;
  const local = branchRef(base);
  const named = places.baseRefs(base);
  const patterns = [
    `refs/remotes/*/${base}`,
    // What the base is set to follow may have another name there.
    ...named.filter((ref) => ref !== local),
    // The base itself is judged by what it brings to the remotes.
    ...(branch === base ? [] : [local]),
    ...(origin === null || own || origin.branch === branch ? [] : [origin.pattern]),
  ];
  const { refs } = await matchRefs(repo, patterns);
  const others = refs.filter(({ ref }) => ref !== local && !named.includes(ref));
  const made = await withoutRemote(session, others);
  return refs
    .filter((each) => !made.has(each))
    .map(({ ref, oid }) => ({ ref, oid, local: ref === local }));
}

/** Those below a remote that is not set up here: nothing was ever fetched there, somebody made them up. */
async function withoutRemote(
  { host, workspace: { repo, location } }: PolicySession,
  refs: readonly ListedRef[],
): Promise<ReadonlySet<ListedRef>> {
  if (refs.length === 0) return new Set();
  const text = host.files.read(`${location.commonDirectory}/config`)?.toString() ?? '';
  const plain = readPlainSettings(text);
  const unsure = refs.filter(({ ref }) => !plain.has(`remote.${remoteOf(ref)}.url`));
  if (unsure.length === 0) return new Set();
  // It may be set elsewhere, or not plainly.
  const names = await settingNames(repo, 'remote', 'url');
  return new Set(unsure.filter(({ ref }) => !names.includes(remoteOf(ref))));
}

const remoteOf = (ref: RefName): string => ref.split('/', 3)[2] ?? '';

/** The remote branch that a branch began at, as git wrote in its log when it was made. */
function cutFrom(
  { files }: PolicySession['host'],
  commonDirectory: string,
  branch: BranchName,
): { readonly branch: BranchName; readonly pattern: string } | null {
  const log = files.read(`${commonDirectory}/logs/${branchRef(branch)}`)?.toString() ?? '';
  const name = /^[^\n]*\tbranch: Created from (?:refs\/remotes\/)?([^\s~^:?*[\\@]+)(?:\n|$)/.exec(
    log,
  )?.[1];
  const [, remote, rest] = /^([^/]+)\/(.+)$/.exec(name ?? '') ?? [];
  if (remote === undefined || rest === undefined) return null;
  return { branch: rest as BranchName, pattern: `refs/remotes/${remote}/${rest}` };
}
