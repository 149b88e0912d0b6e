import { type Oid, parseOid, parseRefName, type RefName } from '../../domain/refs.ts';
import type { Repo } from '../../domain/repo.ts';
import { runGit } from '../process/run.ts';

export interface ListedRef {
  readonly ref: RefName;
  /** As git abbreviates it, longer where two refs would read the same. */
  readonly short: string;
  /** What the ref names; a tag object is not peeled, and the object may be missing. */
  readonly oid: Oid;
}

export interface RefListing {
  readonly refs: readonly ListedRef[];
  /** Refs that cannot be read. git warns, exits with 0 and leaves them out. */
  readonly broken: readonly RefName[];
}

/**
 * Every ref that matches one of the patterns: full names, prefixes that end at a `/`, or globs.
 * Symbolic refs (`refs/remotes/origin/HEAD`) are left out; what they name is listed by itself.
 *
 * No field asks for the object, so that one missing commit does not end the listing.
 */
export async function matchRefs(repo: Repo, patterns: readonly string[]): Promise<RefListing> {
  const format = '--format=%(objectname) %(refname) %(refname:short) %(symref)';
  // What `short` comes to must not depend on the user's taste.
  const strict = ['-c', 'core.warnAmbiguousRefs=true'];
  const args = [...strict, 'for-each-ref', format, '--end-of-options', ...patterns];
  const { stdout, stderr } = await runGit(repo, args);
  return {
    refs: stdout.toString().split('\n').flatMap(parseLine),
    broken: brokenRefs(stderr, patterns),
  };
}

function parseLine(line: string): ListedRef[] {
  const [id = '', name = '', short = '', target = ''] = line.split(' ');
  const oid = parseOid(id);
  const ref = parseRefName(name);
  return oid === null || ref === null || target !== '' ? [] : [{ ref, short, oid }];
}

/** git names a broken ref also when no pattern asks for it; the fixed start of a pattern tells. */
function brokenRefs(stderr: string, patterns: readonly string[]): RefName[] {
  const starts = patterns.map((pattern) => pattern.replace(/[*?[\\].*$/s, ''));
  const named = stderr.split(/\s+/).flatMap((word) => parseRefName(word) ?? []);
  return named.filter((ref) => starts.some((start) => ref.startsWith(start)));
}
