import { shortRef } from '../../domain/refs.ts';
import { requireBase } from './policy.ts';
import { refTips } from '../refs/ref-tips.ts';
import type { PolicySession } from './session.ts';

/** Where git looks for a short name, first to last; gitrevisions(7). */
const PLACES = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];

/**
 * The base as a printed command names it: short, unless git would take another ref by that name, such as a
 * local branch that is called `origin/main`, or nobody can tell.
 *
 * @throws Failure `git` when the base branch is not here.
 */
export function baseName({ host, workspace, policy }: PolicySession): string {
  const { ref } = requireBase(policy);
  const short = shortRef(ref);
  const { tipOf } = refTips(host.files, workspace.location.commonDirectory);
  const names = PLACES.map((place) => `${place}${short}`);
  const earlier = names.slice(0, names.indexOf(ref));
  return earlier.every((name) => tipOf(name) === null) ? short : ref;
}
