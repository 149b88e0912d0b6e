import type { Oid, RefName } from '../../domain/refs.ts';
import { readTip } from '../../git/refs/read-tip.ts';
import { readRef } from '../../git/refs/refs.ts';
import { refTips } from '../refs/ref-tips.ts';
import type { StateHome } from './state-home.ts';

/**
 * What the ref of a state names in this clone; null where there is none, as git's files say without a
 * process. A swap that begins from "there is none" finds out where that was wrong.
 *
 * @throws Failure `git` when the ref is broken
 */
export async function localTip(
  { host, reader, workspace }: StateHome,
  ref: RefName,
): Promise<Oid | null> {
  const tip = await readTip(reader, ref);
  if (tip !== null) return tip;
  const told = refTips(host.files, workspace.location.commonDirectory).tipOf(ref);
  return told === null ? null : readRef(workspace.repo, ref);
}
