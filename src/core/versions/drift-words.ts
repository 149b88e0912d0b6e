import { type Hint, hintTo } from '../../domain/hint.ts';
import type { Severity } from '../../domain/finding.ts';
import type { RepoPath } from '../../domain/path.ts';
import { count } from '../../domain/text/count.ts';
import type { Asked, VersionDrift } from './version-drift.ts';

/** A drift in words. */
export interface DriftWords {
  readonly severity: Severity;
  readonly path: RepoPath;
  readonly message: string;
  readonly hint: Hint;
}

/** Of one branch, against the other manifests of the tree it comes to. */
export function driftWords({ name, mine, theirs }: VersionDrift): DriftWords {
  const [first] = theirs as [Asked, ...Asked[]];
  const more = theirs.length - 1;
  return {
    severity: 'warning',
    path: mine.path,
    message:
      `${name} becomes ${mine.specifier}, which cannot hold together with ${first.specifier} in ` +
      `${first.path}${more > 0 ? ` and ${count(more, 'more file')}` : ''}`,
    hint: hintTo(`change both, or ask for a version of ${name} that both accept`),
  };
}

/** Of two branches, each of which is right by itself. */
export function driftWordsBetween(
  { name, mine, theirs }: VersionDrift,
  sides: { readonly a: string; readonly b: string },
): DriftWords {
  const [first] = theirs as [Asked, ...Asked[]];
  return {
    severity: 'notice',
    path: mine.path,
    message:
      `${name} becomes ${mine.specifier} by ${sides.a} (${mine.path}) and ${first.specifier} by ` +
      `${sides.b} (${first.path})`,
    hint: hintTo(`agree on one version of ${name}, before the second of the two lands`),
  };
}
