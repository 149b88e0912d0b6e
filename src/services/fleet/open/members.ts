import { type BranchAgents, branchAgents } from '../../../core/identity/branch-agent.ts';
import { Failure } from '../../../domain/failure.ts';
import { hintTo } from '../../../domain/hint.ts';
import type { AgentId } from '../../../domain/ids.ts';
import { type Oid, parseBranchName, type RefName } from '../../../domain/refs.ts';
import type { Degraded } from '../../../domain/reports/overlap.ts';
import type { Commit } from '../../../git/objects/commit.ts';
import { type ListedRef, matchRefs, type RefListing } from '../../../git/refs/match-refs.ts';
import type { Session } from '../../session/session.ts';
import type { Base } from './base.ts';

/** One branch of the fleet, before anything is known about it. */
export interface Member {
  /** As git abbreviates it. */
  readonly ref: string;
  /** What the ref names. */
  readonly oid: Oid;
  readonly agent: AgentId | null;
  /** What is judged in its place: a commit that holds uncommitted work too. */
  readonly uncommitted?: Commit;
}

export interface FleetRefs {
  /** Sorted by ref. */
  readonly members: readonly Member[];
  readonly degraded: readonly Degraded[];
}

/**
 * The refs to look at: those the globs match, or all local branches. Does not need the base, so that
 * both can be found at the same time.
 */
export async function listRefs(session: Session, globs: readonly string[]): Promise<RefListing> {
  if (globs.length === 0 && session.policy === null) throw nothingToLookAt();
  const wanted = globs.length > 0 ? globs.map(checkGlob) : ['refs/heads/'];
  return matchRefs(session.workspace.repo, wanted);
}

const nothingToLookAt = (): Failure =>
  new Failure('usage', 'nothing says which branches to look at: there is no ownership.yml here', [
    hintTo('look at any branches, add --base <ref> --refs <glob>'),
  ]);

/** The branches among the refs: without globs those of the policy's agents, never the base itself. */
export function membersAmong(
  session: Session,
  { refs, broken }: RefListing,
  base: Base,
  globs: readonly string[],
): FleetRefs {
  const agentsOf = agentNames(session);
  const members = refs
    .filter(({ ref }) => ref !== base.fullRef)
    .map((listed) => ({ listed, agents: agentsOf(listed.ref) }))
    .filter(({ agents }) => globs.length > 0 || agents.length > 0)
    .map(({ listed, agents }) => memberOf(listed, agents));
  return { members: sortMembers(members), degraded: broken.map(brokenRef) };
}

/** Whose branch a full ref name says it is; nobody's without a policy. */
export function agentNames({ policy }: Session): (ref: RefName) => readonly AgentId[] {
  if (policy === null) return () => [];
  const agents: BranchAgents = branchAgents(policy.ownership);
  return (ref) => {
    const branch = parseBranchName(ref.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, ''));
    return branch === null ? [] : agents(branch);
  };
}

/** An ambiguous name is nobody's: which agent it is may not be guessed. */
const memberOf = ({ short, oid }: ListedRef, agents: readonly AgentId[]): Member => ({
  ref: short,
  oid,
  agent: agents.length === 1 ? agents[0]! : null,
});

export const sortMembers = (members: readonly Member[]): Member[] =>
  [...members].sort((a, b) => (a.ref < b.ref ? -1 : 1));

function checkGlob(glob: string): string {
  if (glob.startsWith('refs/') && !glob.includes('\0')) return glob;
  throw new Failure(
    'usage',
    `--refs ${glob}: full ref names are needed, such as refs/heads/${glob}`,
    [hintTo('see the full names', 'git for-each-ref')],
  );
}

const brokenRef = (ref: RefName): Degraded => ({
  kind: 'broken-ref',
  refs: [ref],
  message: `${ref} cannot be read, and is left out`,
});
