import type { Finding } from '../../domain/finding.ts';
import { hintTo } from '../../domain/hint.ts';
import type { AgentId } from '../../domain/ids.ts';
import { isNullOid, type Oid, parseOid, type RefName } from '../../domain/refs.ts';
import { count } from '../../domain/text/count.ts';

/** What the hooks have passed, in one clone. */
export interface PassedCommits {
  /** Unix time in seconds before which nothing was written down. */
  readonly since: number;
  /** Of each commit that was passed, what its branch was at before: `<oid> <ref>`, or `initial <ref>`. */
  readonly passed: ReadonlySet<string>;
}

/** The line for a commit that is about to be made on a branch. */
export const passedLine = (before: Oid | null, ref: RefName): string =>
  `${before ?? 'initial'} ${ref}`;

export const passedHeader = (now: number): string => `since ${Math.floor(now / 1000)}`;

/** Of several texts the first is the oldest. Null where nothing was ever written down. */
export function parsePassed(texts: readonly string[]): PassedCommits | null {
  const lines = texts.flatMap((text) => text.split('\n'));
  const since = Number(/^since ([0-9]{1,12})$/.exec(lines[0] ?? '')?.[1] ?? NaN);
  return Number.isNaN(since) ? null : { since, passed: new Set(lines) };
}

/** One line of git's log of a branch. */
export interface LoggedCommit {
  readonly before: Oid | null;
  readonly after: Oid;
  /** It was set by hand: a commit only if it is the next one after `before`. */
  readonly plumbed: boolean;
}

/** What git writes when it commits, and asks a hook before; a log of a rebase or a pick says otherwise. */
const HOOKED = /^commit(?: \((?:amend|initial|merge|cherry-pick)\))?: |: Merge made by /;

/**
 * The commits that a log says were made on the branch since passed ones were written down, and that are not among them.
 *
 * @param log as git keeps it for a ref; gitrepository-layout(5)
 */
export function notPassed(log: string, ref: RefName, known: PassedCommits): LoggedCommit[] {
  return log.split('\n').flatMap((line) => {
    const [, from = '', to = '', time = '', what = ''] =
      /^([0-9a-f]+) ([0-9a-f]+) .*> (-?[0-9]+) [+-][0-9]{4}(?:\t(.*))?$/.exec(line) ?? [];
    const [old, after] = [parseOid(from), parseOid(to)];
    if (old === null || after === null || Number(time) <= known.since) return [];
    const before = isNullOid(old) ? null : old;
    const plumbed = what === '';
    if (!(plumbed || HOOKED.test(what)) || known.passed.has(passedLine(before, ref))) return [];
    return [{ before, after, plumbed }];
  });
}

/** Advice about commits of an agent that no hook was asked about; null when there are none. */
export function bypassedFinding(
  agent: AgentId,
  name: string,
  commits: readonly Oid[],
): Finding | null {
  if (commits.length === 0) return null;
  const shown = commits.slice(0, MOST_SHOWN).map((commit) => commit.slice(0, 10));
  const more = commits.length > MOST_SHOWN ? ` and ${commits.length - MOST_SHOWN} more` : '';
  return {
    code: 'hook-bypassed',
    severity: 'warning',
    agent,
    message: `${count(commits.length, 'commit')} of ${name} passed no commit hook: ${shown.join(', ')}${more}`,
    hint: hintTo('see whether git runs the hooks', 'bailiwick doctor'),
  };
}

const MOST_SHOWN = 5;
