import { type Oid, type RefName, shortRef } from '../../domain/refs.ts';
import { readCommitObject } from '../../git/objects/commit.ts';
import type { ObjectReader } from '../../git/objects/object-reader.ts';
import { parsePolicy } from './parse-policy.ts';

/** A ref that was looked at for the policy, and has one. */
interface BaseCandidate {
  readonly ref: string;
  readonly at: { readonly commit: Oid };
  readonly text: string;
}

/**
 * Another branch that a remote's default may be by now: `<remote>/HEAD` is what it was when this was cloned.
 * It has a policy, names itself as the base, and is newer.
 */
export async function newerBases(
  reader: ObjectReader,
  base: { readonly ref: RefName; readonly commit: Oid },
  looked: readonly (BaseCandidate | null)[],
): Promise<string[]> {
  const notices: string[] = [];
  for (const found of looked) {
    const [, remote, branch] = /^refs\/remotes\/(.+)\/(main|master)$/.exec(found?.ref ?? '') ?? [];
    if (!found || found.ref === base.ref || !base.ref.startsWith(`refs/remotes/${remote}/`))
      continue;
    const parsed = await parsePolicy(found.text);
    if (!parsed.ok || parsed.value.base !== branch) continue;
    const tips = [found.at.commit, base.commit].map((oid) => readCommitObject(reader, oid));
    const [other, own] = await Promise.all(tips);
    if (other!.time <= own!.time) continue;
    notices.push(
      `${remote}/HEAD may be old: this is judged against ${shortRef(base.ref)}, and ` +
        `${remote}/${branch} has newer work and a policy; git remote set-head ${remote} --auto asks the remote`,
    );
  }
  return notices;
}
