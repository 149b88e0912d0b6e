import { join } from 'node:path';
import { controlPaths } from '../../core/guard/control-paths.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import type { Ownership } from '../../domain/ownership.ts';
import type { RepoPath } from '../../domain/path.ts';
import { whichIgnored } from '../../git/worktree/which-ignored.ts';
import type { Session } from '../session/session.ts';

/** What these say of a path matters only when it is committed. */
const ONLY_COMMITTED: ReadonlySet<FindingCode> = new Set([
  'local-only',
  'lock-expired',
  'lock-held',
  'lock-needed',
  'owned-by-other',
  'reserved',
  'unowned',
]);

/** Whether git ignores one file, asked before anybody needed it. */
export interface IgnoredAhead {
  /** Absolute, without links. */
  readonly place: string;
  readonly ignored: boolean;
}

/** What was found, and what is known of one file already. */
interface Judged {
  readonly findings: readonly Finding[];
  readonly ignored?: IgnoredAhead | undefined;
}

/**
 * Files that git ignores are never committed: build output and notes are the agent's own business.
 * Not so what steers a harness, which works without being committed.
 */
export async function withoutIgnored(
  session: Session,
  ownership: Ownership,
  { findings, ignored: ahead }: Judged,
): Promise<readonly Finding[]> {
  const asked = findings.flatMap(({ severity, code, path }) =>
    severity === 'error' && path !== undefined && ONLY_COMMITTED.has(code) ? [path] : [],
  );
  if (asked.length === 0) return findings;
  const ignored = await (ignoredAhead(session, asked, ahead) ??
    whichIgnored(session.workspace.repo, asked));
  const control = new Set(controlPaths(ownership, asked));
  return findings.filter(
    ({ path, code }) =>
      path === undefined || !ONLY_COMMITTED.has(code) || control.has(path) || !ignored.has(path),
  );
}

/** Null where something else is asked than has been answered. */
function ignoredAhead(
  { workspace }: Session,
  asked: readonly RepoPath[],
  ahead: IgnoredAhead | undefined,
): ReadonlySet<RepoPath> | null {
  if (ahead === undefined) return null;
  const { top } = workspace.location;
  const isAnswered = asked.every((path) => top !== null && join(top, path) === ahead.place);
  return isAnswered ? new Set(ahead.ignored ? asked : []) : null;
}
