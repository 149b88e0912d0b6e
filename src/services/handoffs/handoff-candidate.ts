import { Failure } from '../../domain/failure.ts';
import { hintTo } from '../../domain/hint.ts';
import type { Agent } from '../../domain/ownership.ts';
import { type BranchName, branchRef, type Oid } from '../../domain/refs.ts';
import type { HandoffRun } from '../../domain/states/handoff.ts';
import type { Validation } from '../../domain/validation.ts';
import { currentBranch, identify } from '../session/identify.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import { treeMoment, type WatchedCheckout } from '../validation/tree-moment.ts';
import { readTipTree } from '../../git/refs/read-tip.ts';

/** What can be handed off: a clean commit on a branch, in a worktree. */
export interface HandoffCandidate {
  readonly checkout: WatchedCheckout;
  readonly branch: BranchName;
  readonly commit: Oid;
  readonly tree: Oid;
}

/**
 * What is checked out here, if it can be handed off.
 *
 * @param elsewhere what is not committed here is not in the way: the commit is judged in another checkout
 * @throws Failure `usage` where a verdict would not be about a commit of a branch
 */
export async function handoffCandidate(
  session: PolicySession,
  elsewhere = false,
): Promise<HandoffCandidate> {
  const { host, reader, policy, workspace } = session;
  const { location, repo } = workspace;
  const branch = currentBranch(host, location);
  const see = hintTo('see the worktrees of agents', 'bailiwick worktree list');
  if (location.top === null || location.head === null || branch === null)
    throw new Failure('usage', 'no branch is checked out here, and a handoff is of a branch', [
      see,
    ]);
  if (branch === policy.ownership.base)
    throw new Failure('usage', `${branch} is the base: what is there has landed`, [see]);
  const checkout = { repo, gitDirectory: location.gitDirectory };
  const { changed } = elsewhere
    ? { changed: new Map<string, string>() }
    : await treeMoment(host.files, checkout);
  if (changed.size > 0) {
    const more = changed.size > 1 ? ` and ${changed.size - 1} more` : '';
    const [first = ''] = changed.keys();
    throw new Failure('usage', `${first}${more} is not committed: a handoff is of a commit`, [
      hintTo('see what is not', 'git status --untracked-files'),
      hintTo('judge the last commit without it', 'bailiwick handoff run --checkout'),
    ]);
  }
  const at = await readTipTree(reader, branchRef(branch));
  if (at === null) throw new Failure('usage', `${branch} has no commit yet`, [see]);
  return { checkout, branch, ...at };
}

/** A validation of a candidate, as clones share it. */
export function describeRun(
  session: PolicySession,
  agent: Agent,
  { commit, tree }: HandoffCandidate,
  { verdict, reason, digest, runs }: Validation,
): HandoffRun {
  const { host, policy } = session;
  const identity = identify(session, { option: agent.id });
  return {
    verdict,
    reason,
    commit,
    tree,
    base: requireBase(policy).commit,
    digest,
    commands: runs.map((run) => ({
      text: run.text,
      verdict: run.verdict,
      code: run.code,
      signal: run.signal,
      timedOut: run.timedOut,
      milliseconds: run.milliseconds,
      log: run.logDigest,
    })),
    at: host.now(),
    host: host.hostname().slice(0, 255),
    strength: identity.kind === 'agent' ? identity.strength : null,
  };
}
