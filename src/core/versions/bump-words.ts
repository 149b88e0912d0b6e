import { type Hint, hintTo } from '../../domain/hint.ts';
import type { Severity } from '../../domain/finding.ts';
import type { LockName } from '../../domain/ids.ts';
import type { RepoPath } from '../../domain/path.ts';
import { count } from '../../domain/text/count.ts';

/** Names that are spelled out. */
const MOST_NAMED = 3;

/** A shared part that loses names, and says nothing of it. */
export interface NeededBump {
  readonly part: LockName;
  /** Where its version is. */
  readonly file: RepoPath;
  /** As intent files call it. */
  readonly package: string;
  /** What it says now; null where none can be told. */
  readonly version: string | null;
  /** Sorted; never empty. */
  readonly gone: readonly string[];
  /** Where the first of them was. */
  readonly from: RepoPath;
}

export interface BumpWords {
  readonly severity: Severity;
  readonly path: RepoPath;
  readonly message: string;
  readonly hint: Hint;
}

/** @param who the branch, as people call it */
export function bumpWords(bump: NeededBump, who: string): BumpWords {
  const { part, file, version, gone, from } = bump;
  const named = gone.slice(0, MOST_NAMED).map((name) => `\`${name}\``);
  const more = gone.length - named.length;
  const names = [...named, ...(more > 0 ? [count(more, 'more name')] : [])].join(', ');
  const stays =
    version === null
      ? `no version can be told from ${file}`
      : `its version in ${file} stays ${version}`;
  return {
    severity: 'warning',
    path: from,
    message: `${who} takes ${names} away from the shared part ${part}, and ${stays}`,
    hint: hintTo(
      `say so to whoever uses it, raise the version, or add .changeset/<name>.md with \`"${bump.package}": major\` in its front matter`,
    ),
  };
}

/** Files of a versioned part that nobody can read. @param paths never empty */
export function unreadPart(
  paths: readonly RepoPath[],
  who: string,
): Pick<BumpWords, 'message' | 'path' | 'severity'> {
  const more = paths.length - 1;
  return {
    severity: 'notice',
    path: paths[0]!,
    message:
      `the public names in ${paths[0]!}${more > 0 ? ` and ${count(more, 'more file')}` : ''} of ${who} ` +
      'were not compared: they cannot be read here as text',
  };
}
