import { type BranchExtent, countedChanges, limitFindings } from '../../core/guard/limits.ts';
import { Failure } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Identity } from '../../domain/identity.ts';
import { type Oid } from '../../domain/refs.ts';
import { changedLines } from '../../git/diff/changed-lines.ts';
import { commitsBehind } from '../../git/history/commits-behind.ts';
import { readCommitTree } from '../../git/objects/read-top-file.ts';
import { readMarks } from '../layout/read-marks.ts';
import { baseName } from '../session/base-name.ts';
import { requireBase } from '../session/policy.ts';
import type { PolicySession } from '../session/session.ts';
import type { BranchChanges } from './branch-changes.ts';

/** One branch that is judged against the base. */
export interface BranchToAdvise {
  readonly name: string;
  readonly head: Oid;
  readonly facts: BranchChanges;
}

/**
 * What the policy's limits say about a branch of an agent; nothing about anyone else's, whom the
 * policy leaves alone. Asks git only for what has a limit.
 */
export async function limitAdvice(
  session: PolicySession,
  identity: Identity,
  { name, head, facts }: BranchToAdvise,
): Promise<Finding[]> {
  const { host, policy } = session;
  const { limits } = policy.ownership;
  if (identity.kind !== 'agent') return [];
  const base = requireBase(policy);
  const dated = limits.behind !== null || limits.age !== null;
  const [behind, lines] = await Promise.all([
    dated ? commitsBehind(session.workspace.repo, base.commit, head) : null,
    limits.lines === null ? null : linesOf(session, facts, head),
  ]);
  const extent: BranchExtent = {
    lines,
    behind: behind && behind.count,
    age: behind && ageSince(behind.since, host.now()),
  };
  const branch = { agent: identity.agent, name, base: baseName(session) };
  return limitFindings(limits, extent, branch);
}

const ageSince = (since: number | null, now: number): number =>
  since === null ? 0 : Math.max(0, now - since);

/** Lines added and removed in the paths that count by rule R2 and by the policy. */
async function linesOf(
  { reader, workspace, policy }: PolicySession,
  { changes, before: base, mergeBase: baseOf }: BranchChanges,
  head: Oid,
): Promise<number> {
  const mergeBase = await baseOf();
  const [before, after] = await Promise.all(
    [mergeBase, head].map((oid) => readCommitTree(reader, oid)),
  );
  if (!before || !after) throw new Failure('git', `commit ${mergeBase} or ${head} is missing here`);
  const pair = { before: before.tree, after: after.tree };
  const [lines = new Map<string, number>()] = await changedLines(workspace.repo, [pair]);
  const marks = await readMarks(
    reader,
    base,
    changes.map(({ path }) => path),
  );
  return countedChanges(policy.ownership, changes, marks).reduce(
    (sum, { path }) => sum + (lines.get(path) ?? 0),
    0,
  );
}
