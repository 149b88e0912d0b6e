import { join, relative, sep } from 'node:path';
import type { Refused } from '../../core/harness/refusal-text.ts';
import { isDeclared } from '../../core/identity/declared-person.ts';
import type { Change } from '../../domain/change.ts';
import type { Finding } from '../../domain/finding.ts';
import { agentOf, type Identity } from '../../domain/identity.ts';
import { parseRepoPath, type RepoPath } from '../../domain/path.ts';
import { type Host, withoutRepository } from '../../host/host.ts';
import { type WorktreeAt, worktreeAt } from '../../host/worktree-at.ts';
import { judge } from '../guard/judge.ts';
import { identify } from '../session/identify.ts';
import { locationFrom } from '../session/locate-from-hook.ts';
import { policyMemory } from '../session/policy-memory.ts';
import {
  type PolicySession,
  requirePolicy,
  type Session,
  withSession,
} from '../session/session.ts';
import { type IgnoredAhead, withoutIgnored } from './without-ignored.ts';
import { writtenPlaces } from './written-places.ts';

/** What a tool is about to write. */
interface Edit {
  readonly cwd: string;
  /** Absolute, or from `cwd`. */
  readonly paths: readonly string[];
  /** After a clean pass, write down what the next one can be allowed by without this program. */
  readonly recordLane?: boolean;
  readonly ignored?: IgnoredAhead | undefined;
}

/** What is about to be written in one worktree of the repository. */
interface WorktreeWrites {
  readonly worktree: WorktreeAt;
  readonly paths: Set<RepoPath>;
}

/**
 * Judges files that are about to be written as `check --paths` does, each in the worktree it lies
 * in; those outside of the repository are nobody's business here.
 *
 * @param here the worktree the session stands in
 * @returns what is refused, one for each worktree; empty when all is allowed.
 * @throws Failure when it cannot be decided.
 */
export async function judgeWrites(host: Host, here: WorktreeAt, edit: Edit): Promise<Refused[]> {
  const { cwd, paths, recordLane = false, ignored } = edit;
  const judged = await Promise.all(
    byWorktree(host, here, cwd, paths).map(({ worktree, paths: written }) => {
      const isHere = worktree.top === here.top;
      return judgeIn(host, worktree, { isHere, cwd, recordLane: recordLane && isHere, ignored }, [
        ...written,
      ]);
    }),
  );
  return judged.filter((each) => each !== null);
}

function byWorktree(
  { files }: Host,
  here: WorktreeAt,
  cwd: string,
  paths: readonly string[],
): WorktreeWrites[] {
  const found = new Map<string, WorktreeWrites>();
  for (const place of paths.flatMap((path) => writtenPlaces(files, cwd, path))) {
    const inGit = pathBelow(here.commonDirectory, place);
    const worktree = inGit === null ? worktreeAt(files, join(place, '..')) : here;
    if (worktree?.commonDirectory !== here.commonDirectory) continue;
    // Git's own directory has no path in the repository; what it would be called has one.
    const path = inGit === null ? pathBelow(worktree.top, place) : (`.git/${inGit}` as RepoPath);
    if (path === null) continue;
    const written = found.get(worktree.top) ?? { worktree, paths: new Set<RepoPath>() };
    found.set(worktree.top, written);
    written.paths.add(path);
  }
  return [...found.values()];
}

function pathBelow(top: string, place: string): RepoPath | null {
  const path = relative(top, place);
  return path === '..' || path.startsWith(`..${sep}`)
    ? null
    : parseRepoPath(path.split(sep).join('/'));
}

function judgeIn(
  host: Host,
  worktree: WorktreeAt,
  { isHere, cwd, recordLane, ignored }: Omit<Edit, 'paths'> & { readonly isHere: boolean },
  paths: readonly RepoPath[],
): Promise<Refused | null> {
  const { top } = worktree;
  const inside = { ...host, cwd: top, environment: withoutRepository(host.environment) };
  const judgeAll = async (session: Session): Promise<Refused | null> => {
    if (session.policy === null) return null;
    const guarded = requirePolicy(session);
    const { policy } = guarded;
    // What this shell has in its environment does not say who works in another worktree.
    const asking = isHere ? inside : { ...inside, environment: {} };
    const identity = identify({ ...guarded, host: asking }, {});
    const [own, work] = partition(paths, isOfGit);
    const changes = work.map((path): Change => ({
      path,
      operation: 'modify',
      before: null,
      after: null,
    }));
    const agent = agentOf(identity);
    const target = { changes, before: null, situation: { kind: 'paths' } } as const;
    const { findings, remedy } = await judge(guarded, identity, target);
    const kept = await withoutIgnored(session, policy.ownership, { findings, ignored });
    const all = [...kept, ...(agent === null ? [] : own.map((path) => steersGit(path, agent)))];
    if (all.length === 0 && recordLane) await writeLane(guarded, identity);
    if (!all.some(({ severity }) => severity === 'error')) return null;
    const upward = relative(host.files.resolve(cwd), top).split(sep).join('/');
    return {
      agent,
      policy: policy.source,
      elsewhere: isHere ? null : top,
      upward: upward === '' ? './' : `${upward}/`,
      findings: all,
      remedy,
    };
  };
  return withSession(inside, judgeAll, {
    location: locationFrom(host.files, top, worktree.gitDirectory),
    memory: policyMemory(host.files, worktree.commonDirectory),
    idle: true,
  });
}

/** As after a commit. It saves time later and decides nothing now, so that no failure of it counts. */
async function writeLane(session: PolicySession, identity: Identity): Promise<void> {
  if (session.policy.notices.length > 0 || isDeclared(identity)) return;
  try {
    const { recordLane } = await import('../guard/lane-record.ts');
    await recordLane(session, agentOf(identity));
  } catch {
    // Such as a git that is missing.
  }
}

const isOfGit = (path: RepoPath): boolean => path.startsWith('.git/');

const partition = <T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] => [
  all.filter(test),
  all.filter((one) => !test(one)),
];

const steersGit = (path: RepoPath, agent: Refused['agent']): Finding => ({
  code: 'frozen',
  severity: 'error',
  path,
  agent,
  message: "git's own directory: its hooks and settings decide what is guarded",
});
