import { join } from 'node:path';
import { askedOf, type AskedOf } from '../../core/guard/asked-of.ts';
import type { GuardFacts } from '../../core/guard/facts.ts';
import { makeRulebook } from '../../core/guard/rulebook.ts';
import type { Change } from '../../domain/change.ts';
import { Failure } from '../../domain/failure.ts';
import { compare } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import { renameHalves, stagedRenames } from '../../git/diff/renames.ts';
import type { Commit } from '../../git/objects/commit.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import { pathsAsAdded } from '../../git/worktree/paths-as-added.ts';
import { withTemporaryDirectory } from '../../host/temporary.ts';
import { findLinkFacts } from '../guard/facts/link-facts.ts';
import { findLookAlikes } from '../guard/facts/look-alikes.ts';
import { stagedChanges } from '../guard/staged-changes.ts';
import { decodeRepoPath } from '../../domain/path.ts';
import type { PolicySession } from '../session/session.ts';
import { repoPathOf } from '../session/repo-path.ts';

/** What is to be asked for, by whom it is asked of. */
export interface WantedChanges {
  readonly groups: readonly WantedGroup[];
  /** Named, and nobody may ask for it, with why. */
  readonly never: ReadonlyMap<RepoPath, string>;
  /** Named, and the agent's own to change. */
  readonly own: readonly RepoPath[];
  /** What leaves the index: everything asked for, and the other half of a move. */
  readonly staged: readonly RepoPath[];
  /** What the index goes back to; null before the first commit. */
  readonly source: string | null;
}

export interface WantedGroup {
  /** Any one of them may decide; none: people. */
  readonly to: readonly AgentId[];
  readonly changes: readonly Change[];
  /** Without a patch only leave is asked for: the paths are as they were. */
  readonly patch: boolean;
}

/** How the changes are chosen: what is staged, or files and directories of the work tree. */
export interface WantedOptions {
  readonly paths: readonly string[];
  readonly staged: boolean;
  /** What a patch is made against; see `proposalParent`. */
  readonly parent: Commit;
}

/**
 * The changes outside of an agent's part, each with whom the policy names for it.
 *
 * @throws Failure `usage` where there is nothing to ask for
 */
export async function wantedChanges(
  session: PolicySession,
  agent: AgentId,
  { paths, staged, parent }: WantedOptions,
): Promise<WantedChanges> {
  if (session.workspace.location.top === null)
    throw new Failure('usage', 'there is no work tree here, so there is no change to ask for');
  const index = await stagedChanges(session);
  const named = paths.map((path) => repoPathOf(session, path));
  const fromIndex = staged || named.length === 0;
  const changes = fromIndex
    ? index.changes.filter(({ path }) => named.length === 0 || named.some(isAtOrBelow(path)))
    : await fromWorkTree(session, named, parent);
  const asked = await sortOut(session, agent, changes);
  // Where nothing is changed yet, leave to change what was named is asked for.
  const untouched = fromIndex ? [] : named.filter((path) => !changes.some(isBelow(path)));
  const leave = await sortOut(session, agent, untouched.map(asIfModified));
  const groups = [...grouped(asked.ask, true), ...grouped(leave.ask, false)];
  const taken = new Set(groups.flatMap((group) => group.changes.map(({ path }) => path)));
  const merging = index.kind === 'merge';
  const born = index.before !== null;
  // A move is a file that goes and one that comes.
  const moved =
    index.changes.some(({ before }) => before === null) &&
    index.changes.some(({ after }) => after === null);
  if (!merging && born && moved && index.changes.some(({ path }) => taken.has(path)))
    for (const [half, other] of renameHalves(await stagedRenames(session.workspace.repo)))
      if (taken.has(half)) taken.add(other);
  return {
    groups,
    never: new Map([...asked.never, ...leave.never]),
    own: [...asked.own, ...leave.own],
    staged: index.changes.flatMap(({ path }) => (taken.has(path) ? [path] : [])).sort(compare),
    source: merging ? 'MERGE_HEAD' : born ? 'HEAD' : null,
  };
}

const isAtOrBelow =
  (path: RepoPath) =>
  (named: RepoPath): boolean =>
    path === named || path.startsWith(`${named}/`);

const isBelow =
  (named: RepoPath) =>
  ({ path }: Change): boolean =>
    isAtOrBelow(path)(named);

const asIfModified = (path: RepoPath): Change => ({
  path,
  operation: 'modify',
  before: null,
  after: null,
});

/** What differs from what has landed, be it committed on the branch already or not. */
const fromWorkTree = (
  { workspace: { repo } }: PolicySession,
  named: readonly RepoPath[],
  parent: Commit,
): Promise<Change[]> =>
  withTemporaryDirectory('request', (directory) =>
    pathsAsAdded(repo, parent.tree, named, join(directory, 'index')),
  );

/** What was decided about each change. */
interface SortedOut {
  readonly ask: readonly [Change, Extract<AskedOf, { kind: 'ask' }>][];
  readonly never: ReadonlyMap<RepoPath, string>;
  readonly own: readonly RepoPath[];
}

async function sortOut(
  session: PolicySession,
  agent: AgentId,
  changes: readonly Change[],
): Promise<SortedOut> {
  const { ownership } = session.policy;
  const rules = makeRulebook(ownership);
  const [facts, judged] = await factsFor(session, changes);
  const who = ownership.agents.get(agent)!;
  const sorted = judged.map((change) => [change, askedOf(rules, who, change, facts)] as const);
  return {
    ask: sorted
      .flatMap(([change, of]) => (of.kind === 'ask' ? [[change, of] as const] : []))
      .map(([change, of]) => [change, of]),
    never: new Map(
      sorted.flatMap(([{ path }, of]) => (of.kind === 'never' ? [[path, of.why] as const] : [])),
    ),
    own: sorted.flatMap(([{ path }, of]) => (of.kind === 'own' ? [path] : [])),
  };
}

/** What the policy's answer needs besides the paths; whoever holds a lock plays no part in whose they are. */
export async function factsFor(
  { reader, host }: PolicySession,
  changes: readonly Change[],
): Promise<readonly [GuardFacts, Change[]]> {
  const head = await readCommitTree(reader, 'HEAD');
  const before = head && new TreeReader(reader, head.tree);
  const judged = await Promise.all(
    changes.map(async (change) => {
      if (change.operation !== 'symlink' || change.after === null) return change;
      const blob = await reader.read(change.after.oid);
      return blob === null ? change : { ...change, target: decodeRepoPath(blob.data) };
    }),
  );
  const [lookAlikes, links] = await Promise.all([
    findLookAlikes(before, judged),
    findLinkFacts(reader, before, judged),
  ]);
  const facts: GuardFacts = {
    leases: new Map(),
    now: host.now(),
    lookAlikes,
    ...links,
  };
  return [facts, judged];
}

/** One request for each set of agents that are asked. */
function grouped(asked: SortedOut['ask'], patch: boolean): WantedGroup[] {
  const groups = new Map<string, { to: readonly AgentId[]; changes: Change[]; patch: boolean }>();
  for (const [change, { agents }] of asked) {
    const key = agents.join(' ');
    const group = groups.get(key) ?? { to: agents, changes: [], patch };
    group.changes.push(change);
    groups.set(key, group);
  }
  return [...groups.values()];
}
