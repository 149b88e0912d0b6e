import { otherFleetKeys } from '../../../core/policy/fleet-keys.ts';
import { Failure } from '../../../domain/failure.ts';
import { type RefName, shortRef } from '../../../domain/refs.ts';
import type { PolicyHint } from '../../../domain/reports/overlap.ts';
import { list } from '../../../domain/text/count.ts';
import { readCommitTree, readTopFile } from '../../../git/objects/read-top-file.ts';
import { isAncestor } from '../../../git/refs/refs.ts';
import { parsePolicy } from '../../session/parse-policy.ts';
import { type Policy, POLICY_FILE } from '../../session/policy.ts';
import type { Session } from '../../session/session.ts';
import { readTipTree } from '../../../git/refs/read-tip.ts';

/**
 * Where else a policy is that would give another fleet or another order, in which keys: the work tree's, and that of
 * a local base which has commits of its own. Neither counts before it has landed, and whoever has just
 * written `after` should not wonder.
 */
export async function policiesElsewhere(session: Session): Promise<PolicyHint[]> {
  const { policy } = session;
  if (policy === null || policy.source.oid === null) return [];
  try {
    return await compare(session, policy);
  } catch (error) {
    // What does not count keeps nobody from an answer, whatever it is.
    if (error instanceof Failure) return [];
    throw error;
  }
}

async function compare(session: Session, policy: Policy): Promise<PolicyHint[]> {
  const texts = [
    [`${POLICY_FILE} in the work tree`, workTreeText(session)],
    [`${POLICY_FILE} of the local ${policy.ownership.base}`, await unpushedText(session, policy)],
  ] as const;
  const hints = await Promise.all(
    texts.map(([place, text]) => (text === null ? null : hintOf(session, policy, place, text))),
  );
  const known = hints.filter((hint) => hint !== null);
  return known.filter(({ keys }, at) => known.findIndex((hint) => same(hint.keys, keys)) === at);
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.join() === other.join();

async function hintOf(
  { reader }: Session,
  { ownership, source }: Policy,
  place: string,
  text: string,
): Promise<PolicyHint | null> {
  const commit = await readCommitTree(reader, source.oid!);
  const inForce = commit && (await readTopFile(reader, commit.tree, POLICY_FILE));
  if (!inForce || inForce.data.toString() === text) return null;
  const parsed = await parsePolicy(text);
  if (!parsed.ok) return null;
  const keys = otherFleetKeys(ownership, parsed.value);
  if (keys.length === 0) return null;
  const message = `${place} says otherwise of ${list(keys)}: what counts is ${source.ref}, until that has landed`;
  return { kind: 'policy', place, keys, message };
}

/** Null where there is no work tree, or no policy in it. */
function workTreeText({ host, workspace }: Session): string | null {
  const { top } = workspace.location;
  return top === null ? null : (host.files.read(`${top}/${POLICY_FILE}`)?.toString() ?? null);
}

/** Null where the local base has nothing that the policy's place has not. */
async function unpushedText(
  { reader, workspace }: Session,
  { ownership, source }: Policy,
): Promise<string | null> {
  const ref = `refs/heads/${ownership.base}` as RefName;
  if (source.ref === shortRef(ref)) return null;
  const local = await readTipTree(reader, ref);
  if (local === null || local.commit === source.oid) return null;
  const file = await readTopFile(reader, local.tree, POLICY_FILE);
  if (file === null || (await isAncestor(workspace.repo, local.commit, source.oid!))) return null;
  return file.data.toString();
}
