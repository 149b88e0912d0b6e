import { dirname, join } from 'node:path/posix';
import type { Change } from '../../domain/change.ts';
import { encodeRepoPath, isNotUtf8, type RepoPath } from '../../domain/path.ts';
import type { GuardFacts } from './facts.ts';

/** Longest path that is judged, in bytes; globs are bounded for names up to this length. */
export const LONGEST_PATH = 1024;

/**
 * Why a path's name cannot be trusted to mean one file everywhere, or null. A deletion is never
 * unsafe: it is how such a name goes away, and whose it is still decides.
 */
export function unsafeName({ path, operation }: Change, context: GuardFacts): string | null {
  if (operation === 'delete') return null;
  const unsafe = unsafeText(path);
  if (unsafe !== null) return `the name ${unsafe}`;
  const lookAlike = context.lookAlikes.get(path);
  return lookAlike === undefined
    ? null
    : `the name differs only in case or Unicode form from ${lookAlike}`;
}

function unsafeText(text: string): string | null {
  if (isNotUtf8(text)) return 'is not UTF-8';
  if (/[\x00-\x1f\x7f-\x9f\u2028\u2029]/.test(text)) return 'holds control characters';
  // No UTF-16 unit is more than three bytes of UTF-8.
  return text.length * 3 > LONGEST_PATH && encodeRepoPath(text as RepoPath).length > LONGEST_PATH
    ? 'is longer than 1,024 bytes'
    : null;
}

/**
 * Why a system may read the text of a link otherwise than it stands there, or null: of one with a NUL only what is
 * before it, and an empty one or one that is too long keeps git from checking out anything; symlink(2).
 */
export const unsafeTarget = (target: string): string | null =>
  target === '' ? 'is empty' : unsafeText(target);

/** Where a link leads, seen from the top of the repository; null when it leaves the repository. */
export function linkDestination(path: RepoPath, target: string): string | null {
  if (/^(?:\/|\\|[A-Za-z]:)/.test(target)) return null;
  const joined = join(dirname(path), target);
  const trimmed = joined.replace(/\/$/, '');
  return trimmed === '.' || trimmed === '..' || trimmed.startsWith('../') ? null : trimmed;
}
