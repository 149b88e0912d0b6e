import type { GuardFacts } from '../../core/guard/facts.ts';
import { isOpenable, type Opened, openFindings } from '../../core/guard/openings.ts';
import type { Situation } from '../../core/guard/take-out.ts';
import type { Change } from '../../domain/change.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AgentId } from '../../domain/ids.ts';
import type { BranchName } from '../../domain/refs.ts';
import { REQUEST_REFS } from '../../domain/states/change-request.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { TreeReader } from '../../git/objects/trees.ts';
import type { LandingBranch } from './changes-to-judge.ts';
import type { PolicySession } from '../session/session.ts';
import { mayHaveStates } from '../state/known-states.ts';

/** What the findings are about, and who is judged on which branch. */
interface JudgedChanges extends Partial<LandingBranch> {
  readonly changes: readonly Change[];
  readonly facts: GuardFacts;
  readonly situation: Situation;
  readonly branch: BranchName | null;
}

/**
 * Lifts the refusals that an accepted request or a grant covers. Requests are read only here, on the
 * way to a refusal; one that cannot be read opens nothing.
 */
export async function openByRequests(
  session: PolicySession,
  agent: AgentId | null,
  findings: readonly Finding[],
  { changes, facts, situation, branch, head, counts }: JudgedChanges,
): Promise<Opened> {
  const refused = findings.filter(isOpenable);
  if (agent === null || refused.length === 0) return { findings, by: new Set() };
  // Where nobody has asked for anything, a refusal does not wait for the program that reads requests.
  if (!mayHaveStates(session, REQUEST_REFS)) return { findings, by: new Set() };
  const { readRequests } = await import('../requests/read-requests.ts');
  const { requests } = await readRequests(session);
  const own = requests.filter(({ from, decided }) => from === agent && decided !== null);
  if (own.length === 0) return { findings, by: new Set() };
  // Whoever decided is judged by them, too; see `judge`.
  const { readLeases } = await import('../locks/read-leases.ts');
  const { ownership } = session.policy;
  const leases = facts.leases.size > 0 ? facts.leases : await readLeases(session.reader, ownership);
  const commit = head === undefined ? null : await readCommitTree(session.reader, head);
  const tree = commit && new TreeReader(session.reader, commit.tree);
  const held = new Map(
    tree === null
      ? []
      : await Promise.all(
          refused.map(async ({ path }) => [path!, await tree.entry(path!)] as const),
        ),
  );
  const openings = { agent, branch, requests: own, held, contents: situation.kind !== 'paths' };
  return openFindings(ownership, findings, changes, {
    ...openings,
    facts: { ...facts, leases },
    ...(counts && { counts: await counts(own) }),
  });
}
